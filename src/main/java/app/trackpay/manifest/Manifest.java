package app.trackpay.manifest;

import app.trackpay.catalog.Catalog;
import app.trackpay.database.CatalogScope;
import app.trackpay.plan.Plan;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything about a database that a team reviews: no OIDs, no times, no data. Two databases that a release cannot tell apart have equal
 * manifests.
 *
 * @param server the major version of the server it was read from: what differs only between versions is no drift
 * @param entries by the object's name
 */
public record Manifest(int server, SortedMap<ObjectName, Entry> entries) {

    public Manifest {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /** What a plan answers for in a catalog that was read with {@link #scope}. */
    public static Manifest of(Catalog catalog, Plan plan) {
        Coverage coverage = new Coverage(plan);
        SortedMap<ObjectName, Entry> entries = new TreeMap<>();
        Stream.of(
                        DatabaseEntries.of(catalog, coverage),
                        RelationEntries.of(catalog, coverage),
                        ConstraintEntries.of(catalog, coverage),
                        IndexEntries.of(catalog, coverage),
                        AttachedEntries.of(catalog, coverage),
                        RoutineEntries.of(catalog, coverage),
                        SequenceEntries.of(catalog, coverage),
                        TypeEntries.of(catalog, coverage),
                        PublicationEntries.of(catalog, coverage),
                        RoleEntries.of(catalog, coverage))
                .flatMap(entry -> entry)
                .forEach(entry -> entries.put(entry.object(), entry));
        return new Manifest(catalog.server().major(), entries);
    }

    /** What has to be read for a plan's manifest. */
    public static CatalogScope scope(Plan plan) {
        return new Coverage(plan).read();
    }

    Optional<Entry> entry(ObjectName object) {
        return Optional.ofNullable(entries.get(object));
    }
}
