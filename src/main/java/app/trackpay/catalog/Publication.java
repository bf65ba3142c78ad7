package app.trackpay.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A publication of logical replication; Supabase's realtime listens to {@code supabase_realtime}.
 *
 * @param operations those of {@code insert}, {@code update}, {@code delete}, {@code truncate} it passes on
 * @param schemas published as a whole (FOR TABLES IN SCHEMA)
 * @param tables named one by one
 */
public record Publication(
        String name,
        String owner,
        boolean allTables,
        Set<String> operations,
        boolean viaRoot,
        List<String> schemas,
        List<PublishedTable> tables) {

    /**
     * @param columns the column list, empty for all columns
     * @param filter the row filter
     */
    public record PublishedTable(QualifiedName table, List<String> columns, Optional<String> filter) {}
}
