package app.trackpay.catalog;

import java.util.List;
import java.util.Optional;

/**
 * An index.
 *
 * @param keys the key columns in order; an expression stands as the server deparses it
 * @param valid false after a failed CREATE INDEX CONCURRENTLY, and while one runs
 * @param building a CREATE INDEX or REINDEX is at work on it right now
 * @param predicate of a partial index
 * @param constraint the constraint it serves
 * @param partitionOf the index of a partitioned table that this is a part of
 * @param definition as {@code pg_get_indexdef} spells it
 */
public record Index(
        QualifiedName name,
        QualifiedName table,
        List<String> keys,
        boolean unique,
        boolean primary,
        boolean valid,
        boolean building,
        Optional<String> predicate,
        Optional<String> constraint,
        Optional<QualifiedName> partitionOf,
        String definition) {}
