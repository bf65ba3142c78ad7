package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.Trigger;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A role may UPDATE a column that the plan protects, in rows that an UPDATE policy gives it: whoever owns the row makes themselves somebody
 * else.
 *
 * <p>What is read here is who holds the privilege. Where a trigger or every WITH CHECK speaks of the column, only trying can tell, and the row
 * probe tries.
 */
public final class ColumnEscalation implements Check {

    @Override
    public String id() {
        return "column-escalation";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        return plan.protectedColumns().stream()
                .map(ColumnName::table)
                .distinct()
                .flatMap(name -> catalog.relation(name).stream())
                .flatMap(table -> reach.roles().stream().flatMap(role -> {
                    List<String> open = plan.protectedColumns().stream()
                            .filter(c -> c.table().equals(table.name()))
                            .filter(c -> isOpen(c, table, role, reach, catalog))
                            .map(ColumnName::column)
                            .toList();
                    return open.isEmpty() ? Stream.empty() : Stream.of(finding(table, role, open, plan, reach));
                }));
    }

    private static boolean isOpen(ColumnName column, Relation table, String role, ApiReach reach, Catalog catalog) {
        if (!reach.may(role, "UPDATE", table.name()) || !reach.privileges().onColumn(role, column, "UPDATE")) {
            return false;
        }
        List<Policy> policies = reach.policies(table.name())
                .filter(p -> p.permissive() && reach.applies(p, role, Command.UPDATE))
                .toList();
        boolean reached = !table.rowSecurity()
                || !policies.isEmpty() && !policies.stream().allMatch(p -> pins(p, column.column()));
        return reached && catalog.triggers().stream().noneMatch(t -> watches(t, column, catalog));
    }

    /** Whether the new row must satisfy a condition on the column that stands by itself, not one of several that are enough. */
    private static boolean pins(Policy policy, String column) {
        return policy.withCheck().or(policy::using).stream()
                .flatMap(check -> PolicyText.parts(check, "AND").stream())
                .anyMatch(part -> PolicyText.parts(part, "OR").size() == 1 && names(part, column));
    }

    private static boolean watches(Trigger trigger, ColumnName column, Catalog catalog) {
        return trigger.table().equals(column.table())
                && trigger.enabled() != Trigger.Enabled.DISABLED
                && trigger.enabled() != Trigger.Enabled.REPLICA
                && Pattern.compile("\\bUPDATE\\b").matcher(trigger.definition()).find()
                && (names(trigger.definition(), column.column())
                        || catalog.routines().stream()
                                .filter(r -> r.name().equals(trigger.function()))
                                .anyMatch(r -> names(SourceText.code(r.body()), column.column())));
    }

    private static boolean names(String text, String column) {
        return Pattern.compile("(?<![\\w$])" + Pattern.quote(column) + "(?![\\w$])")
                .matcher(text)
                .find();
    }

    private Finding finding(Relation table, String role, List<String> open, Plan plan, ApiReach reach) {
        List<String> kept = table.columns().stream()
                .filter(c -> c.generated().isEmpty())
                .map(Column::name)
                .filter(c -> reach.privileges().onColumn(role, new ColumnName(table.name(), c), "UPDATE"))
                .filter(c -> !plan.protectedColumns().contains(new ColumnName(table.name(), c)))
                .toList();
        String columns = String.join(", ", open);
        return new Finding(
                        id(),
                        Severity.ERROR,
                        "table " + table.name() + " for " + role,
                        role + " may UPDATE " + columns
                                + ", which the plan protects, in every row that an UPDATE policy gives it:"
                                + " a policy sees the row before or after the change and cannot compare the two",
                        "grant UPDATE on the other columns alone; what the app needs of these belongs in a function or a trigger")
                .repairedBy("REVOKE UPDATE ON " + table.name().sql() + " FROM "
                        + Sql.roles(reach.sources(table, "UPDATE", List.of(role))) + ";"
                        + (kept.isEmpty()
                                ? ""
                                : " GRANT UPDATE (" + Sql.columns(kept) + ") ON "
                                        + table.name().sql() + " TO " + Sql.roles(List.of(role)) + ";"))
                .shownBy("SELECT " + Sql.literal(role)
                        + " AS role, attrelid::pg_catalog.regclass AS table, attname AS may_update FROM pg_catalog.pg_attribute WHERE attrelid = "
                        + Sql.regclass(table.name()) + " AND attname IN ("
                        + open.stream().map(Sql::literal).collect(Collectors.joining(", "))
                        + ") AND pg_catalog.has_column_privilege("
                        + Sql.literal(role) + ", attrelid, attnum, 'UPDATE');");
    }
}
