package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/**
 * Policies bind even the owner of the identity helper: it silently finds nobody, and every policy that calls it lets nothing through.
 *
 * <p>FORCE ROW LEVEL SECURITY does that to the table's owner; anybody else without BYPASSRLS is bound without it.
 */
public final class HelperShadowedByForceRls implements Check {

    @Override
    public String id() {
        return "helper-shadowed-by-force-rls";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        return IdentityFunction.of(plan, catalog)
                .filter(helper -> helper.routine().securityDefiner())
                .filter(helper -> !isExempt(helper.routine().owner(), catalog))
                .flatMap(helper -> helper.guardedTables().stream()
                        .filter(t -> t.forceRowSecurity() || !owns(helper, t, reach))
                        .map(t -> finding(helper, t, owns(helper, t, reach))));
    }

    private static boolean isExempt(String role, Catalog catalog) {
        return catalog.roles().stream()
                .filter(r -> r.name().equals(role))
                .anyMatch(r -> r.superuser() || r.bypassRls());
    }

    private static boolean owns(IdentityFunction helper, Relation table, ApiReach reach) {
        return reach.privileges().inherits(helper.routine().owner(), table.owner());
    }

    private Finding finding(IdentityFunction helper, Relation table, boolean owns) {
        String owner = helper.routine().owner();
        String force = "ALTER TABLE " + table.name().sql() + " NO FORCE ROW LEVEL SECURITY;";
        String hand = "ALTER FUNCTION " + helper.call() + " OWNER TO " + Sql.roles(List.of(table.owner())) + ";";
        return helper.from(new Finding(
                        id(),
                        Severity.ERROR,
                        helper.object(),
                        "the identity helper reads " + table.name() + " as " + owner + ", whom its policies bind ("
                                + (table.forceRowSecurity()
                                        ? "FORCE ROW LEVEL SECURITY"
                                        : "it is not the table's owner")
                                + "): it finds nobody, no error says so, and whoever is logged in sees nothing",
                        "let the helper run as a role that the policies of the table do not bind")
                .repairedBy((owns ? "" : hand) + (table.forceRowSecurity() ? (owns ? "" : " ") + force : ""))
                .shownBy(
                        "SELECT f.rolname AS helper_runs_as, c.relname AS reads, pg_catalog.pg_get_userbyid(c.relowner) AS owned_by,"
                                + " c.relforcerowsecurity AS binds_its_owner_too, f.rolbypassrls FROM pg_catalog.pg_class c,"
                                + " pg_catalog.pg_proc p JOIN pg_catalog.pg_roles f ON f.oid = p.proowner WHERE c.oid = "
                                + Sql.regclass(table.name()) + " AND p.oid = " + Sql.literal(helper.call())
                                + "::pg_catalog.regprocedure AND NOT f.rolsuper AND NOT f.rolbypassrls AND (c.relforcerowsecurity OR NOT"
                                + " pg_catalog.pg_has_role(f.oid, c.relowner, 'USAGE'));"));
    }
}
