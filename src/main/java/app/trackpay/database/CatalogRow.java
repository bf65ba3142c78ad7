package app.trackpay.database;

import app.trackpay.catalog.Grant;
import app.trackpay.catalog.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Tuple;

/** The row a result stands at, in the catalog's own words. Equal texts are kept once: a large catalog repeats few of them very often. */
final class CatalogRow {

    private static final Text NONE = new Text(new byte[0], "");

    /** A text as it came over the wire, and as it is read. */
    private record Text(byte[] bytes, String value) {}

    /** What the results of one reading share. */
    static final class Known {
        private final AccessLists accessLists = new AccessLists();
        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, List<String>> lists = new HashMap<>();
    }

    private final Map<String, Integer> columns;
    private final Iterator<Tuple> rows;
    private final Known known;
    // by column, the last one: results are sorted, so most rows repeat the schema, the table, the owner, the access
    // list of the row before
    private final Text[] last;
    private Tuple row = new Tuple(0);

    CatalogRow(Message.Result result, Known known) {
        this.columns = result.columns();
        this.rows = result.rows().iterator();
        this.known = known;
        this.last = new Text[columns.size()];
        Arrays.fill(last, NONE);
    }

    /** Steps to the next row; at first none is stood at. */
    boolean next() {
        boolean more = rows.hasNext();
        if (more) {
            row = rows.next();
        }
        return more;
    }

    String text(String column) {
        String value = value(column);
        return value == null ? "" : value;
    }

    Optional<String> optional(String column) {
        return Optional.ofNullable(value(column));
    }

    /** The code of a one-letter column; a blank where it is empty. */
    char letter(String column) {
        byte @Nullable [] bytes = row.get(number(column));
        return bytes == null || bytes.length == 0 ? ' ' : (char) bytes[0];
    }

    boolean flag(String column) {
        return letter(column) == 't';
    }

    int integer(String column) {
        return Integer.parseInt(text(column));
    }

    long bigint(String column) {
        return Long.parseLong(text(column));
    }

    /** An array in its own order; empty for NULL. */
    List<String> list(String column) {
        String value = value(column);
        return value == null ? List.of() : known.lists.computeIfAbsent(value, ArrayLiteral::read);
    }

    /** An array whose order means nothing. */
    List<String> sorted(String column) {
        List<String> list = list(column);
        return list.size() < 2 ? list : list.stream().sorted().toList();
    }

    QualifiedName name(String schemaColumn, String nameColumn) {
        return new QualifiedName(text(schemaColumn), text(nameColumn));
    }

    Optional<QualifiedName> optionalName(String schemaColumn, String nameColumn) {
        return optional(nameColumn).isEmpty() ? Optional.empty() : Optional.of(name(schemaColumn, nameColumn));
    }

    /** The grants on an object that has no owner of its own, a column for instance. */
    List<Grant> grants() {
        return optional("acl")
                .map(acl -> known.accessLists.read(acl, Optional.empty()))
                .orElse(List.of());
    }

    List<Grant> grants(String owner) {
        return optional("acl")
                .map(acl -> known.accessLists.read(acl, Optional.of(owner)))
                .orElse(List.of());
    }

    private @Nullable String value(String column) {
        int number = number(column);
        byte @Nullable [] bytes = row.get(number);
        if (bytes == null) {
            return null;
        }
        if (!Arrays.equals(last[number].bytes(), bytes)) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            last[number] = new Text(bytes, known.texts.computeIfAbsent(text, same -> same));
        }
        return last[number].value();
    }

    private int number(String column) {
        @Nullable Integer number = columns.get(column);
        if (number == null) {
            throw new IllegalStateException("a query of the catalog lacks the column " + column);
        }
        return number;
    }
}
