package app.trackpay.plan;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.plan.Assumptions.DefaultPrivileges;
import app.trackpay.plan.Financial.Exemption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the text of a {@code trackpay.yaml}. */
final class PlanFile {

    static final List<String> KEYS = List.of(
            "version",
            "scope",
            "fixtures",
            "steps",
            "financial",
            "identity",
            "personas",
            "access",
            "assume",
            "protected",
            "rpc",
            "suppress");

    private static final String FIXTURES = "rls-fixtures.sql";
    private static final String EMPTY = "the file is empty; a plan starts with version: 1 and its steps, "
            + "and the goal init writes one to start from";

    private final Path directory;
    private final Path file;
    private final String text;
    private final Mistakes mistakes;

    /**
     * @param file {@code trackpay.yaml}, in the folder of the steps
     * @param text what is in it
     */
    PlanFile(Path file, String text) {
        this.directory = file.toAbsolutePath().normalize().getParent();
        this.file = file;
        this.text = text;
        this.mistakes = new Mistakes(file, text);
    }

    Plan read() throws CouldNotRunException {
        Optional<YamlNode> root =
                new YamlSource(text, mistakes).document().map(node -> new YamlNode("a plan", node, mistakes));
        if (mistakes.count() == 0 && root.filter(node -> !node.isNothing()).isEmpty()) {
            mistakes.add(Place.START, EMPTY);
        }
        Optional<Plan> plan = root.filter(node -> !node.isNothing())
                .flatMap(node -> node.map("version: 1 and steps: [...]"))
                .map(this::plan);
        mistakes.refuse();
        return plan.orElseThrow();
    }

    private Plan plan(YamlMap map) {
        map.only(KEYS);
        map.required("version", "1").ifPresent(PlanFile::version);
        Scope scope = map.optional("scope")
                .flatMap(node -> node.map("{ schemas: [public] }"))
                .map(PlanFile::scope)
                .orElse(Scope.PUBLIC);
        StepsReader reader = new StepsReader(directory, mistakes);
        Declarations declarations = reader.declarations(map, scope);
        NameReader names = new NameReader(declarations, mistakes);
        PeopleReader people = new PeopleReader(names, mistakes);
        List<Step> steps = reader.read(map, declarations);
        return new Plan(
                directory,
                Optional.of(file),
                scope,
                steps,
                financial(map, names),
                people.identity(map),
                people.personas(map),
                people.access(map),
                assumptions(map, names),
                protectedColumns(map, names),
                new CallsReader(names, people).read(map),
                suppressions(map),
                fixtures(map, reader));
    }

    private static void version(YamlNode node) {
        if (node.number().filter(written -> written.equals("1")).isEmpty()) {
            node.mistake("\"version\" must be 1, the one version of this format there is");
        }
    }

    private static Scope scope(YamlMap map) {
        map.only(List.of("schemas", "tables"));
        List<String> schemas = map.optional("schemas")
                .map(node -> stored(node.someTexts("[public]")))
                .filter(names -> !names.isEmpty())
                .orElse(Scope.PUBLIC.schemas());
        List<String> tables = map.optional("tables")
                .map(node -> stored(node.texts("[\"app_*\"]")))
                .orElse(List.of());
        return new Scope(schemas, tables);
    }

    private static List<String> stored(List<Written> names) {
        return names.stream().map(name -> WrittenName.stored(name.text())).toList();
    }

    private Optional<Path> fixtures(YamlMap plan, StepsReader steps) {
        Optional<YamlNode> declared = plan.optional("fixtures");
        return declared.isPresent()
                ? declared.flatMap(node -> node.text(FIXTURES)).flatMap(steps::inside)
                : defaultFixtures(directory);
    }

    /** The fixtures that nobody needs to declare. */
    static Optional<Path> defaultFixtures(Path directory) {
        return Optional.of(directory.resolve(FIXTURES)).filter(Files::isRegularFile);
    }

    private static Financial financial(YamlMap plan, NameReader names) {
        Optional<YamlMap> map = plan.optional("financial").flatMap(node -> node.map("{ tables: [payments] }"));
        map.ifPresent(financial -> financial.only(List.of("tables", "exceptions")));
        return new Financial(
                map.flatMap(financial -> financial.required("tables", "[payments]")).stream()
                        .flatMap(node -> node.texts("[payments]").stream())
                        .flatMap(table -> names.table(table).stream())
                        .toList(),
                map.flatMap(financial -> financial.optional("exceptions")).stream()
                        .flatMap(node -> node.list("[{ foreign-key: invites.user_id, reason: why }]").stream())
                        .flatMap(item -> item.map("{ foreign-key: invites.user_id, reason: why }").stream())
                        .flatMap(exception -> exemption(exception, names))
                        .toList());
    }

    private static Stream<Exemption> exemption(YamlMap map, NameReader names) {
        map.only(List.of("foreign-key", "reason"));
        var key = map.required("foreign-key", "invites.user_id")
                .flatMap(node -> node.text("invites.user_id"))
                .flatMap(names::providedColumn);
        Optional<Written> reason = reason(map);
        return key.flatMap(column -> reason.map(why -> new Exemption(column, why.text()))).stream();
    }

    private static Assumptions assumptions(YamlMap plan, NameReader names) {
        return plan.optional("assume")
                .flatMap(node -> node.map("{ public-read: [codes] }"))
                .map(map -> map.only(List.of("public-read", "server-only", "small", "empty", "default-privileges")))
                .map(map -> new Assumptions(
                        tables(map, "public-read", names),
                        tables(map, "server-only", names),
                        tables(map, "small", names),
                        tables(map, "empty", names),
                        map.optional("default-privileges")
                                .flatMap(node -> node.word(List.of("old", "new")))
                                .map(word -> DefaultPrivileges.valueOf(word.toUpperCase(Locale.ROOT)))
                                .orElse(DefaultPrivileges.NEW)))
                .orElse(Assumptions.NONE);
    }

    private static List<QualifiedName> tables(YamlMap map, String key, NameReader names) {
        return map.optional(key).stream()
                .flatMap(node -> node.texts("[codes]").stream())
                .flatMap(table -> names.table(table).stream())
                .toList();
    }

    private static List<ColumnName> protectedColumns(YamlMap plan, NameReader names) {
        return plan.optional("protected").flatMap(node -> node.map("{ users: [role] }")).stream()
                .flatMap(map -> map.entries().stream())
                .flatMap(entry -> {
                    List<Written> columns = entry.value().texts("[role]");
                    return names.table(entry.key()).stream()
                            .flatMap(table ->
                                    columns.stream().flatMap(column -> names.providedColumn(table, column).stream()));
                })
                .toList();
    }

    private static List<Suppression> suppressions(YamlMap plan) {
        String example = "{ check: policy-unindexed, object: table public.users, reason: why }";
        return plan.optional("suppress").stream()
                .flatMap(node -> node.list("[" + example + "]").stream())
                .flatMap(item -> item.map(example).stream())
                .flatMap(PlanFile::suppression)
                .toList();
    }

    private static Stream<Suppression> suppression(YamlMap map) {
        map.only(List.of("check", "object", "reason", "until"));
        Optional<Written> check = map.required("check", "policy-unindexed").flatMap(PlanFile::check);
        Optional<Written> object =
                map.required("object", "table public.users").flatMap(node -> node.text("table public.users"));
        Optional<Written> reason = reason(map);
        Optional<LocalDate> until = map.optional("until").flatMap(PlanFile::date);
        return check
                .flatMap(c ->
                        object.flatMap(o -> reason.map(r -> new Suppression(c.text(), o.text(), r.text(), until))))
                .stream();
    }

    /** A slip in the name would hide nothing and never be told: no finding has it. */
    private static Optional<Written> check(YamlNode node) {
        Optional<Written> written = node.text("policy-unindexed");
        written.map(Written::text)
                .filter(name -> !CheckNames.ALL.contains(name))
                .ifPresent(name -> node.mistake("there is no check \"" + name + "\""
                        + Nearest.to(name, CheckNames.ALL)
                                .map(near -> "; did you mean \"" + near + "\"?")
                                .orElse("; its name is the one in brackets, as in error[rows-leaked]")));
        return written;
    }

    private static Optional<Written> reason(YamlMap map) {
        return map.required("reason", "why this is right here").flatMap(node -> node.text("why this is right here"));
    }

    private static Optional<LocalDate> date(YamlNode node) {
        return node.text("2027-03-01").flatMap(written -> {
            try {
                return Optional.of(LocalDate.parse(written.text()));
            } catch (DateTimeException e) {
                node.mistake("\"" + written.text() + "\" is not a day; write year-month-day, for example 2027-03-01");
                return Optional.empty();
            }
        });
    }
}
