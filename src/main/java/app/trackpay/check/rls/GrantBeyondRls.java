package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Privileges that row level security does not cover, in the hands of the API roles. Owners have them anyway. */
public final class GrantBeyondRls implements Check {

    private static final List<String> BEYOND = List.of("TRUNCATE", "REFERENCES", "TRIGGER");

    private record Held(String privilege, List<String> roles, List<String> sources) {}

    @Override
    public String id() {
        return "grant-beyond-rls";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        return reach.tables().flatMap(t -> finding(t, held(t, reach)));
    }

    private static List<Held> held(Relation table, ApiReach reach) {
        List<Held> held = new ArrayList<>();
        for (String privilege : BEYOND) {
            List<String> roles = reach.roles().stream()
                    .filter(role -> !reach.privileges().inherits(role, table.owner()))
                    .filter(role -> reach.may(role, privilege, table.name()))
                    .toList();
            List<String> sources = reach.sources(table, privilege, roles);
            if (!roles.isEmpty() && !sources.isEmpty()) {
                held.add(new Held(privilege, roles, sources));
            }
        }
        return held;
    }

    private Stream<Finding> finding(Relation table, List<Held> held) {
        if (held.isEmpty()) {
            return Stream.empty();
        }
        String who = held.stream()
                .map(h -> h.privilege() + " (" + String.join(", ", h.roles()) + ")")
                .collect(Collectors.joining(", "));
        return Stream.of(new Finding(
                        id(),
                        Severity.ERROR,
                        "table " + table.name(),
                        "API roles hold " + who
                                + " on the table, which no policy covers: TRUNCATE empties it for everybody, TRIGGER runs"
                                + " code with the rights of others, REFERENCES tells which keys exist",
                        "revoke them; the app's commands do not need any of them")
                .repairedBy(held.stream()
                        .map(h -> "REVOKE " + h.privilege() + " ON "
                                + table.name().sql() + " FROM " + Sql.roles(h.sources()) + ";")
                        .collect(Collectors.joining(" ")))
                .shownBy("SELECT role, privilege FROM (VALUES "
                        + held.stream()
                                .flatMap(h -> h.roles().stream()
                                        .map(role -> "(" + Sql.literal(role) + ", " + Sql.literal(h.privilege()) + ")"))
                                .collect(Collectors.joining(", "))
                        + ") AS held (role, privilege) WHERE pg_catalog.has_table_privilege(role, "
                        + Sql.literal(table.name().sql()) + ", privilege) OR privilege = 'REFERENCES' AND"
                        + " pg_catalog.has_any_column_privilege(role, "
                        + Sql.literal(table.name().sql()) + ", 'REFERENCES');"));
    }
}
