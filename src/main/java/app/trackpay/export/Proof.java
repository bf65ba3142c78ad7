package app.trackpay.export;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.manifest.Comparison;
import app.trackpay.manifest.Drift;
import app.trackpay.manifest.Entry;
import app.trackpay.manifest.Manifest;
import app.trackpay.manifest.ObjectName;
import app.trackpay.manifest.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Holds what an export's file made against the database that it was taken from, attribute by attribute: an archive has the parts of a table apart
 * from each other, joined later, and what a version of pg_dump or a default of the new database changes on the way would go unnoticed.
 *
 * @param export whose tables count, with what came along
 */
public record Proof(SchemaExport export) {

    /** A new index is always valid, and who runs the file owns what it makes. */
    private static final Set<String> NEVER_THE_SAME = Set.of("owner", "valid", "index valid");

    /**
     * Compares the two.
     *
     * @param there the database that was exported
     * @param made the one that the file made
     * @param draft where the file is until it is proved
     * @throws CouldNotRunException naming what the file makes otherwise
     */
    public void require(Manifest there, Manifest made, Path draft) throws CouldNotRunException {
        List<String> differences =
                Comparison.of(ours(there), ours(made)).stream().map(Drift::line).toList();
        if (!differences.isEmpty()) {
            throw new CouldNotRunException("The file does not make what the database has: "
                    + String.join("; ", differences)
                    + " (- only in the database, + only by the file, ~ not the same). Mend the database; or mend "
                    + draft
                    + " and put it where the plan has " + export.step().name() + ".");
        }
    }

    private Manifest ours(Manifest all) {
        SortedMap<ObjectName, Entry> entries = new TreeMap<>();
        Set<String> tables = export.tables().stream().map(QualifiedName::sql).collect(Collectors.toSet());
        Set<String> added = export.added().stream().map(Proof::plain).collect(Collectors.toSet());
        for (Entry entry : all.entries().values()) {
            if (isOurs(entry, tables, added)) {
                SortedMap<String, Value> attributes = new TreeMap<>(entry.attributes());
                attributes.keySet().removeIf(attribute -> isLeft(entry, attribute));
                entries.put(entry.object(), new Entry(entry.object(), attributes));
            }
        }
        return new Manifest(all.server(), entries);
    }

    private boolean isOurs(Entry entry, Set<String> tables, Set<String> added) {
        ObjectName object = entry.object();
        return switch (object.kind()) {
            case TABLE -> tables.contains(object.name());
            case COLUMN, CONSTRAINT, TRIGGER, RULE -> tables.contains(object.container());
            case POLICY -> export.policiesLeft() == 0 && tables.contains(object.container());
            case INDEX -> tables.contains(String.valueOf(entry.attributes().get("table")));
            case FUNCTION, TYPE, SEQUENCE -> added.contains(plain(object.toString()));
            default -> false;
        };
    }

    /** PostgreSQL identifies a function with its arguments close together, and names the schema of its own types. */
    private static String plain(String identity) {
        return identity.replace(", ", ",")
                .replace("pg_catalog.", "")
                .replaceFirst("^(procedure|aggregate) ", "function ");
    }

    /** What an export leaves to other steps of the plan. */
    private static boolean isLeft(Entry entry, String attribute) {
        return NEVER_THE_SAME.contains(attribute)
                || switch (entry.object().kind()) {
                    case TABLE, COLUMN, SEQUENCE ->
                        attribute.startsWith("privileges of ") || attribute.equals("revoked from owner");
                    default -> false;
                };
    }
}
