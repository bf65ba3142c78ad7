package app.trackpay.manifest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
        List<Entry> missing = new ArrayList<>();
        List<Entry> unexpected = new ArrayList<>();
        // both are sorted, and almost equal as a rule: side by side costs far less than to look each name up in the
        // other
        Iterator<Entry> manifest = expected.entries().values().iterator();
        Iterator<Entry> server = actual.entries().values().iterator();
        Optional<Entry> left = next(manifest);
        Optional<Entry> right = next(server);
        while (left.isPresent() || right.isPresent()) {
            int order = left.isEmpty()
                    ? 1
                    : right.map(Entry::object)
                            .map(left.get().object()::compareTo)
                            .orElse(-1);
            if (order < 0) {
                missing.add(left.get());
            } else if (order > 0) {
                unexpected.add(right.get());
            } else {
                changed(left.get(), right.get()).ifPresent(found -> differences.put(found.object(), found));
            }
            left = order <= 0 ? next(manifest) : left;
            right = order >= 0 ? next(server) : right;
        }
        tops(missing, expected, actual)
                .forEach((top, along) -> differences.put(
                        top, new Difference.Missing(expected.entry(top).orElseThrow(), along)));
        tops(unexpected, actual, expected)
                .forEach((top, along) -> differences.put(
                        top, new Difference.Unexpected(actual.entry(top).orElseThrow(), along)));
        return List.copyOf(differences.values());
    }

    private static Optional<Entry> next(Iterator<Entry> entries) {
        return entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
    }

    /** Of what one has and the other lacks the objects that stand by themselves, each with what belongs to it. */
    private static SortedMap<ObjectName, List<ObjectName>> tops(List<Entry> lacking, Manifest one, Manifest other) {
        SortedMap<ObjectName, List<ObjectName>> tops = new TreeMap<>();
        Belonging belonging = new Belonging(one);
        for (Entry entry : lacking) {
            ObjectName top = entry.object();
            for (Optional<Entry> owner = belonging.owner(entry);
                    owner.isPresent() && other.entry(owner.get().object()).isEmpty();
                    owner = belonging.owner(owner.get())) {
                top = owner.get().object();
            }
            List<ObjectName> along = tops.computeIfAbsent(top, any -> new ArrayList<>());
            if (!top.equals(entry.object())) {
                along.add(entry.object());
            }
        }
        return tops;
    }

    private Optional<Difference> changed(Entry entry, Entry other) {
        List<Change> changes = changes(entry, other);
        return changes.isEmpty() ? Optional.empty() : Optional.of(new Difference.Changed(entry, other, changes));
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
