package app.trackpay.manifest;

import app.trackpay.catalog.Identifier;
import app.trackpay.check.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Publications as statements. */
final class PublicationSql {

    private static final String TABLE = "table ";
    private static final String COLUMNS = "columns of ";
    private static final String FILTER = "row filter of ";
    private static final String SCHEMA = "schema ";

    private PublicationSql() {}

    static List<String> create(Entry publication) {
        String name = publication.object().name();
        List<String> statements = new ArrayList<>();
        statements.add("CREATE PUBLICATION " + name + (publication.isTrue("all tables") ? " FOR ALL TABLES" : "")
                + " WITH (" + options(publication) + ")");
        names(publication, TABLE)
                .forEach(table -> statements.add("ALTER PUBLICATION " + name + " ADD " + table(publication, table)));
        names(publication, SCHEMA)
                .forEach(schema -> statements.add("ALTER PUBLICATION " + name + " ADD TABLES IN SCHEMA " + schema));
        statements.add("ALTER PUBLICATION " + name + " OWNER TO " + Identifier.quote(publication.text("owner")));
        return statements;
    }

    static Optional<List<String>> alter(Difference.Changed changed) {
        Set<String> tables = new TreeSet<>();
        List<String> clauses = new ArrayList<>();
        boolean options = false;
        for (Change change : changed.changes()) {
            String attribute = change.attribute();
            if (attribute.equals("operations") || attribute.equals("via root")) {
                options = true;
            } else if (attribute.startsWith(SCHEMA)) {
                clauses.add((change.expected().isPresent() ? "ADD" : "DROP") + " TABLES IN SCHEMA "
                        + attribute.substring(SCHEMA.length()));
            } else if (attribute.equals("all tables")) {
                return Optional.empty();
            } else if (!attribute.equals("owner")) {
                tables.add(attribute.replaceFirst("^(?:" + TABLE + "|" + COLUMNS + "|" + FILTER + ")", ""));
            }
        }
        if (options) {
            clauses.add("SET (" + options(changed.expected()) + ")");
        }
        for (String table : tables) {
            if (changed.actual().attribute(TABLE + table).isPresent()) {
                clauses.add("DROP TABLE " + table);
            }
            if (changed.expected().attribute(TABLE + table).isPresent()) {
                clauses.add("ADD " + table(changed.expected(), table));
            }
        }
        String alter = "ALTER PUBLICATION " + changed.object().name() + " ";
        return Optional.of(clauses.stream().map(alter::concat).toList());
    }

    private static String table(Entry publication, String table) {
        return "TABLE " + table
                + publication
                        .attribute(COLUMNS + table)
                        .map(c -> " (" + c + ")")
                        .orElse("")
                + publication
                        .attribute(FILTER + table)
                        .map(f -> " WHERE (" + f + ")")
                        .orElse("");
    }

    private static String options(Entry publication) {
        return "publish = " + Sql.literal(publication.text("operations")) + ", publish_via_partition_root = "
                + publication.isTrue("via root");
    }

    private static Set<String> names(Entry publication, String begin) {
        return publication.attributes().keySet().stream()
                .filter(attribute -> attribute.startsWith(begin))
                .map(attribute -> attribute.substring(begin.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
