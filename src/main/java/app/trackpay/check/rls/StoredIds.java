package app.trackpay.check.rls;

import app.trackpay.catalog.Identifier;
import app.trackpay.check.identity.Identities;
import java.util.List;

/** A query that shows what is asked of a column beside ids that it holds, and whether those are logins. */
final class StoredIds {

    private StoredIds() {}

    /** What is asked has a row even where the table is empty, and where nothing stored is compared. */
    static String beside(String columns, String from, String where, List<Mismatch> found, Identities identities) {
        return found.stream()
                .flatMap(mismatch -> mismatch.stored(identities).stream())
                .findFirst()
                .map(column -> "SELECT " + columns + ", s.id AS " + Identifier.quote(column.toString())
                        + ", EXISTS (SELECT FROM auth.users u WHERE u.id::text = s.id) AS is_a_login FROM " + from
                        + " LEFT JOIN (SELECT DISTINCT " + Identifier.quote(column.column()) + "::text AS id FROM "
                        + column.table().sql() + " LIMIT 3) s ON true WHERE " + where + ";")
                .orElse("SELECT " + columns + " FROM " + from + " WHERE " + where + ";");
    }
}
