package app.trackpay.check.rls;

import app.trackpay.catalog.Relation;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import java.util.List;

/** A relation that can have no policies, in the reach of the API roles. */
final class Unguarded {

    private Unguarded() {}

    static Finding finding(String check, Relation relation, String why, String fix, ApiReach reach) {
        List<String> readers = reach.readers(relation.name());
        return new Finding(
                        check,
                        Severity.ERROR,
                        relation.kind() + " " + relation.name(),
                        String.join(" and ", readers) + " may read every row of the " + relation.kind() + ": " + why,
                        fix)
                .repairedBy("REVOKE SELECT ON " + relation.name().sql() + " FROM "
                        + Sql.roles(reach.sources(relation, "SELECT", readers)) + ";")
                .shownBy(
                        "SELECT api.role, c.oid::pg_catalog.regclass AS may_read, c.relkind, c.relacl AS privileges FROM "
                                + Sql.roleRows(readers) + " AS api (role), pg_catalog.pg_class c WHERE c.oid = "
                                + Sql.regclass(relation.name())
                                + " AND pg_catalog.has_any_column_privilege(api.role, c.oid, 'SELECT');");
    }
}
