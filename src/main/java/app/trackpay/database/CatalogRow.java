package app.trackpay.database;

import app.trackpay.catalog.Grant;
import app.trackpay.catalog.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The row a result stands at, in the catalog's own words. Equal texts are kept once: a large catalog repeats few of them very often. */
final class CatalogRow {

    private final ResultSet rows;
    private final AccessLists accessLists;
    private final Map<String, String> texts;
    private final Map<String, List<String>> lists;

    private CatalogRow(
            ResultSet rows, AccessLists accessLists, Map<String, String> texts, Map<String, List<String>> lists) {
        this.rows = rows;
        this.accessLists = accessLists;
        this.texts = texts;
        this.lists = lists;
    }

    static CatalogRow of(ResultSet rows) {
        return new CatalogRow(rows, new AccessLists(), new HashMap<>(), new HashMap<>());
    }

    /** The next result of the same reading. */
    CatalogRow and(ResultSet next) {
        return new CatalogRow(next, accessLists, texts, lists);
    }

    boolean next() throws SQLException {
        return rows.next();
    }

    String text(String column) throws SQLException {
        return optional(column).orElse("");
    }

    Optional<String> optional(String column) throws SQLException {
        String value = rows.getString(column);
        return value == null ? Optional.empty() : Optional.of(texts.computeIfAbsent(value, text -> text));
    }

    /** The code of a one-letter column; a blank where it is empty. */
    char letter(String column) throws SQLException {
        String value = rows.getString(column);
        return value == null || value.isEmpty() ? ' ' : value.charAt(0);
    }

    boolean flag(String column) throws SQLException {
        return rows.getBoolean(column);
    }

    int integer(String column) throws SQLException {
        return rows.getInt(column);
    }

    long number(String column) throws SQLException {
        return rows.getLong(column);
    }

    /** An array in its own order; empty for NULL. */
    List<String> list(String column) throws SQLException {
        String value = rows.getString(column);
        return value == null ? List.of() : lists.computeIfAbsent(value, ArrayLiteral::read);
    }

    /** An array whose order means nothing. */
    List<String> sorted(String column) throws SQLException {
        List<String> list = list(column);
        return list.size() < 2 ? list : list.stream().sorted().toList();
    }

    QualifiedName name(String schemaColumn, String nameColumn) throws SQLException {
        return new QualifiedName(text(schemaColumn), text(nameColumn));
    }

    Optional<QualifiedName> optionalName(String schemaColumn, String nameColumn) throws SQLException {
        return optional(nameColumn).isEmpty() ? Optional.empty() : Optional.of(name(schemaColumn, nameColumn));
    }

    /** The grants on an object that has no owner of its own, a column for instance. */
    List<Grant> grants() throws SQLException {
        String value = rows.getString("acl");
        return value == null ? List.of() : accessLists.read(value, Optional.empty());
    }

    List<Grant> grants(String owner) throws SQLException {
        String value = rows.getString("acl");
        return value == null ? List.of() : accessLists.read(value, Optional.of(owner));
    }
}
