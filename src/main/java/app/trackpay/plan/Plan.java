package app.trackpay.plan;

import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.QualifiedName;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a team declares about its database. The contract is the union of what the steps provide: that is why a finding can name the step
 * that repairs it.
 *
 * @param directory the folder of the steps
 * @param file {@code trackpay.yaml}; empty for a folder that is read as Supabase CLI migrations
 * @param assumed what checks may take for granted
 * @param protectedColumns columns that nobody may change, not even in a row of their own
 * @param calls functions that are exposed on purpose, each call with how it must end
 * @param fixtures rows for the personas
 */
public record Plan(
        Path directory,
        Optional<Path> file,
        Scope scope,
        List<Step> steps,
        Financial financial,
        Identity identity,
        List<Persona> personas,
        List<Access> access,
        Assumptions assumed,
        List<ColumnName> protectedColumns,
        List<RemoteCall> calls,
        List<Suppression> suppressions,
        Optional<Path> fixtures) {

    /**
     * Everything of one kind that the steps provide, in their order, each with its step.
     *
     * @param kind which part of {@link Provides}
     */
    public <T> List<Declared<T>> declared(Function<Provides, ? extends Collection<T>> kind) {
        return steps.stream()
                .flatMap(step -> kind.apply(step.provides()).stream().map(what -> new Declared<>(step, what)))
                .toList();
    }

    /** The tables that the steps provide, each with the first step that does. */
    public List<Declared<ProvidedTable>> tables() {
        return declared(Provides::tables).stream()
                .collect(Collectors.toMap(d -> d.what().name(), d -> d, (first, later) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /**
     * The foreign keys as the last step leaves them, each with the step that says so: a later step that declares a key of the same column
     * changes its rule.
     */
    public List<Declared<ProvidedForeignKey>> foreignKeys() {
        return declared(Provides::foreignKeys).stream()
                .collect(Collectors.toMap(d -> d.what().from(), d -> d, (first, later) -> later, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** The same plan with other steps. */
    public Plan with(List<Step> others) {
        return new Plan(
                directory,
                file,
                scope,
                List.copyOf(others),
                financial,
                identity,
                personas,
                access,
                assumed,
                protectedColumns,
                calls,
                suppressions,
                fixtures);
    }

    /** The plan up to a step, with that step as it is given here. */
    public Plan until(Step last) {
        return with(Stream.concat(steps.stream().takeWhile(step -> !step.id().equals(last.id())), Stream.of(last))
                .toList());
    }

    /** Whether a table is one that the steps provide. */
    public boolean provides(QualifiedName table) {
        return steps.stream()
                .flatMap(step -> step.provides().tables().stream())
                .anyMatch(t -> t.name().equals(table));
    }

    /** Whether there is a plan file; without one nothing is declared and only checks that need no declaration can tell. */
    public boolean declares() {
        return file.isPresent();
    }

    /** The files of the steps, in order. */
    public Stream<Path> files() {
        return steps.stream().map(Step::file);
    }
}
