package app.trackpay.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds a server against a manifest, both ways. */
public final class Comparison {

    private final Manifest expected;
    private final Manifest actual;
    private final Versions versions;

    private Comparison(Manifest expected, Manifest actual) {
        this.versions = new Versions(expected.server(), actual.server());
        this.expected = versions.common(expected);
        this.actual = versions.common(actual);
    }

    /**
     * Every object that differs, by its name. What is gone because its table is gone is told with the table.
     *
     * @param expected the manifest
     * @param actual what the server has
     */
    public static List<Difference> of(Manifest expected, Manifest actual) {
        return new Comparison(expected, actual).differences();
    }

    private List<Difference> differences() {
        SortedMap<ObjectName, Difference> differences = new TreeMap<>();
        only(expected, actual)
                .forEach((top, along) -> differences.put(
                        top, new Difference.Missing(expected.entry(top).orElseThrow(), along)));
        only(actual, expected)
                .forEach((top, along) -> differences.put(
                        top, new Difference.Unexpected(actual.entry(top).orElseThrow(), along)));
        expected.entries()
                .forEach((object, entry) -> actual.entry(object).ifPresent(other -> {
                    List<Change> changes = changes(entry, other);
                    if (!changes.isEmpty()) {
                        differences.put(object, new Difference.Changed(entry, other, changes));
                    }
                }));
        return List.copyOf(differences.values());
    }

    /** What one has and the other lacks: the objects that stand by themselves, each with what belongs to it. */
    private static SortedMap<ObjectName, List<ObjectName>> only(Manifest one, Manifest other) {
        SortedMap<ObjectName, List<ObjectName>> tops = new TreeMap<>();
        Map<ObjectName, ObjectName> topOf = new HashMap<>();
        Belonging belonging = new Belonging(one);
        for (Entry entry : one.entries().values()) {
            if (other.entry(entry.object()).isEmpty()) {
                ObjectName top = entry.object();
                for (Optional<Entry> owner = belonging.owner(entry);
                        owner.isPresent() && other.entry(owner.get().object()).isEmpty();
                        owner = belonging.owner(owner.get())) {
                    top = owner.get().object();
                }
                topOf.put(entry.object(), top);
                tops.computeIfAbsent(top, any -> new ArrayList<>());
            }
        }
        one.entries().keySet().stream()
                .filter(topOf::containsKey)
                .filter(object -> !topOf.get(object).equals(object))
                .forEach(object -> tops.get(topOf.get(object)).add(object));
        return tops;
    }

    private List<Change> changes(Entry entry, Entry other) {
        if (entry.attributes().equals(other.attributes())) {
            return List.of();
        }
        SortedSet<String> names = new TreeSet<>(entry.attributes().keySet());
        names.addAll(other.attributes().keySet());
        return names.stream()
                .filter(name -> !versions.same(entry, other, name))
                .filter(name -> !isOfMissingTable(entry, name))
                .filter(name -> !isOwnerOfItsTable(entry, other, name))
                .map(name ->
                        new Change(name, entry.attribute(name), other.attribute(name), Access.of(entry, other, name)))
                .toList();
    }

    /** A sequence that serves a column has its table's owner. */
    private static boolean isOwnerOfItsTable(Entry entry, Entry other, String attribute) {
        return entry.object().kind() == Kind.SEQUENCE
                && attribute.equals("owner")
                && entry.attribute("owned by").isPresent()
                && other.attribute("owned by").isPresent();
    }

    /** A table that is gone is gone from every publication. */
    private boolean isOfMissingTable(Entry entry, String attribute) {
        if (entry.object().kind() != Kind.PUBLICATION) {
            return false;
        }
        ObjectName table =
                new ObjectName(Kind.TABLE, attribute.replaceFirst("^(?:table|columns of|row filter of) ", ""));
        return expected.entry(table).isPresent() && actual.entry(table).isEmpty();
    }
}
