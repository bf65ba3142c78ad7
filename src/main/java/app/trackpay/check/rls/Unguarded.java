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
                .shownBy("SELECT role FROM (VALUES "
                        + String.join(
                                ", ",
                                readers.stream()
                                        .map(role -> "(" + Sql.literal(role) + ")")
                                        .toList())
                        + ") AS api (role) WHERE pg_catalog.has_any_column_privilege(role, "
                        + Sql.literal(relation.name().sql()) + ", 'SELECT');");
    }
}
