package app.trackpay.export;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.TableNeeds;
import app.trackpay.database.TableNeeds.Needed;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedTable;
import app.trackpay.plan.Provides;
import app.trackpay.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The file of a step that makes tables, taken from a database that has them: tables, and what pg_dump leaves out when it is asked for tables
 * alone, the functions and types that they need.
 *
 * @param step whose file it is
 * @param sql the file's text
 * @param tables that are in it
 * @param added functions, types and sequences that the tables need
 * @param absent tables that the step provides and the database lacks
 * @param policiesLeft policies of the tables that were left out, because the plan makes its own
 * @param granted tables, columns and sequences with privileges, which are left out: what the API roles may do is said in one place
 */
public record SchemaExport(
        Step step,
        String sql,
        List<QualifiedName> tables,
        List<String> added,
        List<QualifiedName> absent,
        long policiesLeft,
        long granted) {

    private static final List<String> ADDED = List.of("function", "procedure", "aggregate", "type", "sequence");

    /**
     * Takes the tables of a step out of a database.
     *
     * @param pgDump the program
     * @param folder for what is written on the way
     * @throws CouldNotRunException when the database has none of the tables, or pg_dump refuses
     */
    public static SchemaExport of(LiveDatabase database, Plan plan, Step step, String pgDump, Path folder)
            throws CouldNotRunException {
        List<QualifiedName> asked =
                step.provides().tables().stream().map(ProvidedTable::name).toList();
        TableNeeds needs = TableNeeds.of(database, asked);
        List<QualifiedName> found = needs.of("table").stream().map(Needed::name).toList();
        List<QualifiedName> absent =
                asked.stream().filter(table -> !found.contains(table)).toList();
        if (found.isEmpty()) {
            throw new CouldNotRunException("The database has none of the tables that step " + step.id() + " provides ("
                    + names(absent) + "). Is it the right one? Nothing was written.");
        }
        DumpProgram program = new DumpProgram(pgDump);
        Path archive = folder(folder).resolve("schema.dump");
        program.dump(
                database,
                needs.objects().stream()
                        .map(needed -> needed.name().schema())
                        .filter(schema -> !schema.isEmpty())
                        .distinct()
                        .toList(),
                archive);
        Contents contents = program.contents(archive);
        // permissive policies are ORed: an old one beside the plan's own would open what those close
        boolean withPolicies = plan.declared(Provides::policies).isEmpty();
        String sql = program.sql(archive, contents.of(needs, withPolicies));
        List<String> added = ADDED.stream()
                .flatMap(kind -> needs.of(kind).stream())
                .filter(needed -> !isTableRow(needed, found) && !isArray(needed))
                .map(needed -> needed.kind() + " " + needed.identity())
                .toList();
        return new SchemaExport(
                step,
                ExportText.of(sql, found, added),
                found,
                added,
                absent,
                withPolicies ? 0 : contents.policies(needs),
                contents.granted(needs));
    }

    /**
     * The step whose file is written: the first that provides tables, or the one that is named.
     *
     * @param id empty for the first
     */
    public static Step step(Plan plan, String id) throws CouldNotRunException {
        List<Step> steps = plan.tables().stream()
                .map(Declared::step)
                .distinct()
                .filter(step -> id.isEmpty() || step.id().equals(id))
                .toList();
        if (steps.isEmpty()) {
            throw new CouldNotRunException(
                    id.isEmpty()
                            ? "No step of the plan provides tables, so it is not known which to take. Declare them in trackpay.yaml:"
                                    + " provides: { tables: { users: [id, name] } }."
                            : "The plan has no step " + id + " that provides tables. Steps that do: "
                                    + plan.tables().stream()
                                            .map(d -> d.step().id())
                                            .distinct()
                                            .collect(Collectors.joining(", "))
                                    + ".");
        }
        return steps.get(0);
    }

    private static boolean isTableRow(Needed needed, List<QualifiedName> tables) {
        return needed.kind().equals("type") && tables.contains(needed.name());
    }

    private static boolean isArray(Needed needed) {
        return needed.kind().equals("type") && needed.identity().endsWith("[]");
    }

    private static Path folder(Path folder) throws CouldNotRunException {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CouldNotRunException(folder + " cannot be made (" + e + ")", e);
        }
    }

    static String names(List<QualifiedName> names) {
        return names.stream().map(QualifiedName::toString).collect(Collectors.joining(", "));
    }

    /** For people, a line each. */
    public List<String> lines() {
        return Stream.of(
                        Stream.of(tables.size() + " tables: " + names(tables)),
                        added.isEmpty()
                                ? Stream.<String>empty()
                                : Stream.of("added, because the tables need them: " + String.join(", ", added)),
                        policiesLeft == 0
                                ? Stream.<String>empty()
                                : Stream.of(
                                        policiesLeft
                                                + " policies were left out: the plan makes its own, and an old one beside them would open what they close"),
                        granted == 0
                                ? Stream.<String>empty()
                                : Stream.of(
                                        "privileges of the tables were left out: a step of the plan has to GRANT what each role may do"))
                .flatMap(lines -> lines)
                .toList();
    }
}
