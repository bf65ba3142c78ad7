package app.trackpay.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A table, a partitioned or foreign table, a view or a materialized view.
 *
 * @param rowSecurity row level security is on
 * @param forceRowSecurity ... for the owner too
 * @param persistence {@code permanent}, {@code unlogged} or {@code temporary}
 * @param replicaIdentity {@code default}, {@code nothing}, {@code full}, or {@code index NAME}
 * @param options storage parameters and view options ({@code security_invoker=true}), sorted
 * @param partitionKey of a partitioned table
 * @param partitionOf the parent of a partition or an inheriting table
 * @param partitionBound {@code FOR VALUES ...} of a partition
 * @param definition the query of a view
 */
public record Relation(
        QualifiedName name,
        Kind kind,
        String owner,
        boolean rowSecurity,
        boolean forceRowSecurity,
        String persistence,
        String replicaIdentity,
        List<String> options,
        Optional<String> partitionKey,
        Optional<QualifiedName> partitionOf,
        Optional<String> partitionBound,
        Optional<String> definition,
        List<Column> columns,
        List<Grant> grants) {

    /** What kind of relation, in PostgreSQL's words. */
    public enum Kind {
        TABLE("table"),
        PARTITIONED_TABLE("partitioned table"),
        FOREIGN_TABLE("foreign table"),
        VIEW("view"),
        MATERIALIZED_VIEW("materialized view");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** A table that holds rows of its own or of its partitions. */
    public boolean isTable() {
        return kind == Kind.TABLE || kind == Kind.PARTITIONED_TABLE;
    }

    public Optional<Column> column(String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst();
    }
}
