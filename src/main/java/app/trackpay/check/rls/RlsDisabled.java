package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of an exposed schema without row level security: whoever holds a privilege has every row. */
public final class RlsDisabled implements Check {

    @Override
    public String id() {
        return "rls-disabled";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        return reach.tables()
                .filter(t -> !t.rowSecurity())
                .filter(t -> !isOpenOnPurpose(t, plan, reach) && !isClosedOnPurpose(t, plan, reach))
                .map(t -> finding(t, reach));
    }

    private static boolean isOpenOnPurpose(Relation table, Plan plan, ApiReach reach) {
        return plan.assumed().publicRead().contains(table.name())
                && reach.roles().stream()
                        .allMatch(role -> List.of("SELECT").containsAll(reach.rowPrivileges(role, table.name())));
    }

    private static boolean isClosedOnPurpose(Relation table, Plan plan, ApiReach reach) {
        return plan.assumed().serverOnly().contains(table.name())
                && reach.reaching(table.name()).isEmpty();
    }

    private Finding finding(Relation table, ApiReach reach) {
        List<String> roles = reach.reaching(table.name());
        String who = roles.stream()
                .map(role -> role + " may " + String.join(", ", reach.rowPrivileges(role, table.name())))
                .collect(Collectors.joining(" and "));
        return new Finding(
                        id(),
                        roles.isEmpty() ? Severity.INFO : Severity.ERROR,
                        "table " + table.name(),
                        roles.isEmpty()
                                ? "row level security is off; no API role holds a privilege on the table, so nothing is open yet, and"
                                        + " the first GRANT opens every row"
                                : "row level security is off: " + who + " on every row of the " + table.kind()
                                        + ", whoever asks",
                        "turn it on (the table's policies, if any, take effect at once; without any nobody but the owner sees a row)")
                .repairedBy("ALTER TABLE " + table.name().sql() + " ENABLE ROW LEVEL SECURITY;")
                .shownBy("SELECT relname, relrowsecurity FROM pg_catalog.pg_class WHERE oid = "
                        + Sql.regclass(table.name()) + " AND NOT relrowsecurity;");
    }
}
