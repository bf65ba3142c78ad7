package app.trackpay.probe;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedPolicy;
import app.trackpay.plan.Provides;
import app.trackpay.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is wrong where the database does other than the plan says: one finding a table, persona and command. */
final class CellFindings {

    static final int EXAMPLES = 3;

    private final Plan plan;
    private final Catalog catalog;
    private final Privileges privileges;
    private final AppliedPolicies applied;
    private final Optional<String> fixtures;
    private final List<Finding> stored;
    private final Measure measure;

    /**
     * @param fixtures the file whose rows were tried
     * @param stored what is wrong with the policies as they are stored: the reason for much of what is seen
     * @param measure what the database is held against
     */
    CellFindings(Plan plan, Catalog catalog, Optional<String> fixtures, List<Finding> stored, Measure measure) {
        this.plan = plan;
        this.catalog = catalog;
        this.privileges = new Privileges(catalog);
        this.applied = new AppliedPolicies(catalog, privileges);
        this.fixtures = fixtures;
        this.stored = stored;
        this.measure = measure;
    }

    List<Finding> of(List<Cell> cells) {
        Map<QualifiedName, List<Cell>> broken = cells.stream()
                .filter(c -> c.broken().isPresent())
                .collect(Collectors.groupingBy(Cell::table, LinkedHashMap::new, Collectors.toList()));
        List<Finding> findings = new ArrayList<>();
        broken.forEach((table, failing) -> findings.add(fails(table, failing, alike(cells, table, failing))));
        cells.stream()
                .filter(c -> c.broken().isEmpty())
                .flatMap(c -> disagreement(c, broken.getOrDefault(c.table(), List.of())))
                .forEach(findings::add);
        return List.copyOf(findings);
    }

    private Stream<Finding> disagreement(Cell cell, List<Cell> broken) {
        Stream.Builder<Finding> findings = Stream.builder();
        if (!cell.tooMany().isEmpty()) {
            findings.add(cell.command() == Command.SELECT ? leaked(cell) : allowed(cell));
        }
        if (!cell.tooFew().isEmpty() && !isAlike(cell, broken)) {
            findings.add(cell.command() == Command.SELECT ? hidden(cell) : denied(cell));
        }
        return findings.build();
    }

    /** A write that is refused for the very reason for which a read fails is told with the read. */
    private static boolean isAlike(Cell cell, List<Cell> broken) {
        return broken.stream()
                .anyMatch(b -> b.persona().role().equals(cell.persona().role())
                        && isRefused(cell, b.broken().orElseThrow()));
    }

    /** INSERT ... RETURNING names itself after the error. */
    private static boolean isRefused(Cell cell, String error) {
        return cell.refusal().filter(said -> said.startsWith(error)).isPresent();
    }

    private static List<Cell> alike(List<Cell> cells, QualifiedName table, List<Cell> broken) {
        return cells.stream()
                .filter(c -> c.table().equals(table)
                        && c.broken().isEmpty()
                        && !c.tooFew().isEmpty()
                        && isAlike(c, broken))
                .toList();
    }

    private Finding leaked(Cell cell) {
        String message = cell.persona().name() + " sees " + count(cell.tooMany(), "row") + " of " + cell.table()
                + measure.beyond(cell) + ": " + examples(cell.tooMany()) + opened(cell);
        Finding finding = finding(
                "rows-leaked",
                cell,
                message,
                "change the policy that opens them, " + measure.elseMeant("they are meant to be seen"));
        return shown(finding, cell);
    }

    private Finding hidden(Cell cell) {
        String message = cell.persona().name() + " does not see " + count(cell.tooFew(), "row") + " of " + cell.table()
                + " that the plan names (" + Measure.condition(cell) + "): " + examples(cell.tooFew()) + applied(cell);
        Finding finding = finding(
                "rows-hidden",
                cell,
                message,
                "give the table a policy that lets these rows through, or correct the one that should");
        return explained(shown(finding, cell), cell);
    }

    private Finding allowed(Cell cell) {
        String message = cell.persona().name() + " may " + word(cell) + " " + count(cell.tooMany(), "row") + " of "
                + cell.table() + measure.beyond(cell) + ": " + examples(cell.tooMany()) + opened(cell);
        Finding finding = finding(
                "write-allowed",
                cell,
                message,
                "change the policy that allows it, " + measure.elseMeant("it is meant to be allowed"));
        return shown(finding, cell);
    }

    private Finding denied(Cell cell) {
        String message = cell.persona().name() + " may not " + word(cell) + " " + count(cell.tooFew(), "row") + " of "
                + cell.table() + " that the plan names (" + Measure.condition(cell) + "): " + examples(cell.tooFew())
                + "; the server says: " + cell.refusal().orElse("0 rows, no error") + applied(cell);
        Finding finding =
                finding("write-denied", cell, message, "grant the privilege and give the table a policy for it");
        return explained(shown(finding, cell), cell);
    }

    /** The same, with its reason and the repair of that, where a policy that should let the rows through compares the wrong ids. */
    private Finding explained(Finding seen, Cell cell) {
        // a privilege that is missing is reason enough
        return seen.repair().isPresent()
                ? seen
                : applied.asked(cell).stream()
                        .flatMap(policy -> stored.stream().filter(f -> isWrongId(f, policy)))
                        .findFirst()
                        .map(reason -> because(seen, reason))
                        .orElse(seen);
    }

    private static boolean isWrongId(Finding finding, Policy policy) {
        return finding.check().equals("wrong-identity")
                && finding.severity() == Severity.ERROR
                && finding.object().equals("policy " + policy.table() + "." + policy.name());
    }

    private static Finding because(Finding seen, Finding reason) {
        Finding told = seen.saying(seen.message() + "; " + reason.object() + " compares ids of different kinds ("
                        + reason.check() + ")")
                .advising(reason.fix() + ", in " + reason.object())
                .causedBy(reason.object());
        Finding placed = reason.step().map(told::from).orElse(told);
        return reason.repair().map(placed::repairedBy).orElse(placed);
    }

    private Finding shown(Finding finding, Cell cell) {
        String table = cell.table().sql();
        String statement = switch (cell.command()) {
            case SELECT -> "SELECT * FROM " + table;
            case DELETE -> "DELETE FROM " + table + " RETURNING *";
            case UPDATE -> tableSql(cell).map(TableSql::updateItself).orElse("SELECT");
            default ->
                "SELECT pg_catalog.has_any_column_privilege(" + Sql.literal(table)
                        + ", 'INSERT') AS may_insert, p.policyname, p.permissive, p.roles, p.with_check"
                        + " FROM (VALUES (" + Sql.literal(cell.table().schema()) + ", "
                        + Sql.literal(cell.table().name()) + ")) AS t (schema, name) LEFT JOIN pg_catalog.pg_policies p"
                        + " ON p.schemaname = t.schema AND p.tablename = t.name AND p.cmd IN ('INSERT', 'ALL')";
        };
        return finding.shownBy(Shown.as(cell.persona(), fixtures, statement));
    }

    /** What is wrong with an INSERT that fails no catalog tells: it takes a row. */
    private Finding failing(Finding finding, Cell cell) {
        return tableSql(cell)
                .filter(table -> cell.command() == Command.INSERT)
                .map(table -> finding.shownBy(
                        Shown.as(cell.persona(), fixtures, Optional.of(table.copy()), table.insertCopy())))
                .orElseGet(() -> shown(finding, cell));
    }

    private Optional<TableSql> tableSql(Cell cell) {
        return catalog.relation(cell.table())
                .map(r -> new TableSql(r, cell.persona().role(), privileges, new Ids(catalog, plan.identity())));
    }

    private Finding fails(QualifiedName table, List<Cell> failing, List<Cell> alike) {
        String errors = failing.stream()
                .collect(Collectors.groupingBy(c -> c.broken().orElseThrow(), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(e -> where(Stream.concat(
                                        e.getValue().stream(), alike.stream().filter(c -> isRefused(c, e.getKey())))
                                .toList())
                        + (e.getValue().get(0).tried() ? " ends in " : " was ")
                        + e.getKey())
                .collect(Collectors.joining("; "));
        Cell first = failing.stream().filter(Cell::tried).findFirst().orElse(failing.get(0));
        Finding finding = new Finding(
                "query-fails",
                Severity.ERROR,
                "table " + table,
                errors,
                fix(first.broken().orElseThrow()));
        return failing(step(table).map(finding::from).orElse(finding), first);
    }

    private static String fix(String error) {
        return switch (error.substring(0, 5)) {
            case "42501" -> "grant what is missing, or say in the plan that nobody is to see the rows";
            case "42P17" ->
                "two policies look into each other's tables: let one of them ask a SECURITY DEFINER function instead";
            case "54001" ->
                "a function that a policy calls reads a table whose policy calls it: make it SECURITY DEFINER, owned by a role that the policies do not bind";
            default -> "repair what the statement runs into";
        };
    }

    /** For people: whose commands, the commands of one persona together. */
    private static String where(List<Cell> cells) {
        return cells.stream()
                .collect(Collectors.groupingBy(
                        c -> c.command().name(),
                        LinkedHashMap::new,
                        Collectors.mapping(c -> c.persona().name(), Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(e -> e.getKey() + " as " + e.getValue())
                .collect(Collectors.joining(", "));
    }

    private Finding finding(String check, Cell cell, String message, String fix) {
        Finding finding = new Finding(check, Severity.ERROR, object(cell), message, fix);
        Finding placed = step(cell.table()).map(finding::from).orElse(finding);
        return repair(check, cell).map(placed::repairedBy).orElse(placed);
    }

    /** What findings call a cell. */
    static String object(Cell cell) {
        return "table " + cell.table() + " for " + cell.persona().name()
                + (cell.command() == Command.SELECT ? "" : ", " + word(cell));
    }

    private Optional<Step> step(QualifiedName table) {
        return plan.declared(Provides::policies).stream()
                .filter(d -> d.what().table().equals(table))
                .map(Declared::step)
                .findFirst()
                .or(() -> plan.tables().stream()
                        .filter(d -> d.what().name().equals(table))
                        .map(Declared::step)
                        .findFirst());
    }

    /** What lets rows through. */
    private String opened(Cell cell) {
        if (!secured(cell)) {
            return "; row level security is off";
        }
        List<Policy> policies = policies(cell);
        return policies.isEmpty() ? "" : "; opened by " + names(policies);
    }

    /** What should have let rows through. */
    private String applied(Cell cell) {
        List<Policy> policies = policies(cell);
        return policies.isEmpty()
                ? "; no policy lets " + cell.persona().role() + " " + word(cell)
                : "; the policies are " + names(policies);
    }

    private static String names(List<Policy> policies) {
        return policies.stream().map(Policy::name).collect(Collectors.joining(", "));
    }

    private List<Policy> policies(Cell cell) {
        return applied.opening(cell.table(), cell.persona().role(), cell.command());
    }

    private boolean secured(Cell cell) {
        return catalog.relation(cell.table()).map(Relation::rowSecurity).orElse(true);
    }

    /** Only what is sure to be meant: a lock that is off, a policy or a privilege that the plan knows nothing of, a privilege it needs. */
    private Optional<String> repair(String check, Cell cell) {
        String table = cell.table().sql();
        String role = Identifier.quote(cell.persona().role());
        if (check.endsWith("-leaked") || check.endsWith("-allowed")) {
            if (!secured(cell)
                    && catalog.relation(cell.table()).map(Relation::isTable).orElse(false)) {
                return Optional.of("ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY;");
            }
            List<Policy> unknown =
                    policies(cell).stream().filter(p -> isUnknown(p)).toList();
            if (!unknown.isEmpty()) {
                return Optional.of(unknown.stream()
                        .map(p -> "DROP POLICY " + Identifier.quote(p.name()) + " ON " + table + ";")
                        .collect(Collectors.joining(" ")));
            }
            return nobodyMay(cell)
                    ? Optional.of("REVOKE " + cell.command() + " ON " + table + " FROM " + role + ";")
                    : Optional.empty();
        }
        return privileges.onAnyColumn(
                        cell.persona().role(), cell.table(), cell.command().name())
                ? Optional.empty()
                : Optional.of("GRANT " + cell.command() + " ON " + table + " TO " + role + ";");
    }

    private boolean isUnknown(Policy policy) {
        List<ProvidedPolicy> declared =
                plan.declared(Provides::policies).stream().map(Declared::what).toList();
        return !declared.isEmpty() && !declared.contains(new ProvidedPolicy(policy.table(), policy.name()));
    }

    private boolean nobodyMay(Cell cell) {
        return plan.personas().stream()
                .filter((Persona p) -> p.role().equals(cell.persona().role()))
                .map(p -> new Predicate(Tasks.declared(plan, cell.table(), p, cell.command()), ""))
                .allMatch(Predicate::isNone);
    }

    private static String word(Cell cell) {
        return cell.command().name().toLowerCase(Locale.ROOT);
    }

    static String count(List<String> keys, String what) {
        return keys.size() + " " + what + (keys.size() == 1 ? "" : "s");
    }

    static String examples(List<String> keys) {
        String shown = keys.stream().limit(EXAMPLES).collect(Collectors.joining("; "));
        return keys.size() > EXAMPLES ? shown + "; and " + (keys.size() - EXAMPLES) + " more" : shown;
    }
}
