package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.DefaultPrivilege;
import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Identifier;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Assumptions;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** ALTER DEFAULT PRIVILEGES that hand tables or functions to come to the API roles. */
public final class DefaultPrivileges implements Check {

    private static final List<String> OBJECTS = List.of("tables", "functions");
    /** It makes nothing but the platform's own objects, and no project can change what it hands out. */
    private static final String PLATFORM = "supabase_admin";

    @Override
    public String id() {
        return "default-privileges";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        boolean declared = plan.assumed().defaultPrivileges() == Assumptions.DefaultPrivileges.OLD;
        return catalog.defaultPrivileges().stream()
                .filter(d -> OBJECTS.contains(d.objects()) && !d.role().equals(PLATFORM))
                .filter(d -> d.schema().map(reach::isExposed).orElse(true))
                .filter(d -> !(declared && d.schema().filter("public"::equals).isPresent()))
                .flatMap(d -> finding(d, receivers(d, reach)));
    }

    /** EXECUTE for everybody is what PostgreSQL does by itself: nothing was handed out. */
    private static List<String> receivers(DefaultPrivilege privilege, ApiReach reach) {
        return privilege.grants().stream()
                .map(Grant::grantee)
                .distinct()
                .filter(to -> reach.roles().contains(to)
                        || to.equals(Grant.PUBLIC) && privilege.objects().equals("tables"))
                .sorted()
                .toList();
    }

    private Stream<Finding> finding(DefaultPrivilege privilege, List<String> receivers) {
        if (receivers.isEmpty()) {
            return Stream.empty();
        }
        boolean tables = privilege.objects().equals("tables");
        String where = privilege.schema().map(s -> " in schema " + s).orElse("");
        return Stream.of(new Finding(
                        id(),
                        Severity.WARNING,
                        "default privileges of " + privilege.role() + where + " on " + privilege.objects(),
                        "whatever " + privilege.objects() + " " + privilege.role() + " makes" + where
                                + " from now on are granted to "
                                + String.join(" and ", receivers)
                                + " at once: "
                                + (tables
                                        ? "a table that waits for its policies is open until it has them"
                                        : "a function that is not meant for the API can be called through it, with its owner's"
                                                + " rights where it is SECURITY DEFINER"),
                        "take them back and grant each " + (tables ? "table" : "function")
                                + " in the step that makes it, or declare that the project is one of the older kind"
                                + " (assume: { default-privileges: old })")
                .repairedBy("ALTER DEFAULT PRIVILEGES FOR ROLE " + Identifier.quote(privilege.role())
                        + privilege
                                .schema()
                                .map(s -> " IN SCHEMA " + Identifier.quote(s))
                                .orElse("")
                        + " REVOKE ALL ON " + privilege.objects().toUpperCase(Locale.ROOT) + " FROM "
                        + Sql.roles(receivers) + ";")
                .shownBy(
                        "SELECT pg_catalog.pg_get_userbyid(d.defaclrole) AS role, a.grantee::pg_catalog.regrole AS receiver,"
                                + " a.privilege_type FROM pg_catalog.pg_default_acl d, pg_catalog.aclexplode(d.defaclacl) a WHERE"
                                + " pg_catalog.pg_get_userbyid(d.defaclrole) = " + Sql.literal(privilege.role())
                                + " AND d.defaclnamespace = "
                                + privilege
                                        .schema()
                                        .map(s -> Sql.literal(Identifier.quote(s)) + "::pg_catalog.regnamespace")
                                        .orElse("0")
                                + " AND d.defaclobjtype = '"
                                + (tables ? "r" : "f")
                                + "' AND CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(a.grantee)::text END IN ("
                                + String.join(
                                        ", ",
                                        receivers.stream().map(Sql::literal).toList()) + ");"));
    }
}
