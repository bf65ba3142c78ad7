package app.trackpay.database;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which schemas a catalog is read of. The system's own are never in it. Whatever the scope, the catalog also holds what a check needs from
 * outside: every schema's name and grants, every foreign key, the tables at its ends, published tables, and the policies and triggers that
 * users put on the platform's tables.
 *
 * @param only the schemas, empty for all of them
 * @param without schemas that are not read
 */
public record CatalogScope(List<String> only, List<String> without) {

    /** Every schema but those that Supabase, its extensions and this plugin keep for themselves. */
    public static final CatalogScope USER_SCHEMAS = new CatalogScope(
            List.of(),
            List.of(
                    "auth",
                    "cron",
                    "extensions",
                    "graphql",
                    "graphql_public",
                    "net",
                    "pgbouncer",
                    "pgmq",
                    "pgsodium",
                    "pgsodium_masks",
                    "pgtle",
                    "realtime",
                    "_analytics",
                    "_realtime",
                    "_supavisor",
                    "storage",
                    "supabase_functions",
                    "supabase_migrations",
                    "trackpay_history",
                    "vault"));

    public CatalogScope {
        only = List.copyOf(only);
        without = List.copyOf(without);
    }

    /** These schemas and no other. */
    public static CatalogScope of(List<String> schemas) {
        return new CatalogScope(schemas, List.of());
    }

    /** This scope and these schemas, even where it leaves them out. */
    public CatalogScope and(Collection<String> schemas) {
        return new CatalogScope(
                only.isEmpty()
                        ? only
                        : Stream.concat(only.stream(), schemas.stream())
                                .distinct()
                                .toList(),
                without.stream().filter(schema -> !schemas.contains(schema)).toList());
    }

    /** Whether objects of a schema are read for their own sake. */
    public boolean covers(String schema) {
        return !schema.startsWith("pg_")
                && !schema.equals("information_schema")
                && (only.isEmpty() || only.contains(schema))
                && !without.contains(schema);
    }
}
