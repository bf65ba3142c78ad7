package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.QualifiedName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A column whose default draws the next number of a sequence, as {@code serial} makes it.
 *
 * <p>The default runs with the rights of whoever inserts. Identity columns draw from theirs without any right to it and are none of these.
 */
record DrawnNumber(ColumnName column, QualifiedName sequence) {

    private static final Pattern NAME =
            Pattern.compile("(\"(?:[^\"]|\"\")*\"|[^\".]+)\\.(\"(?:[^\"]|\"\")*\"|[^\".]+)");
    private static final Pattern DRAW = Pattern.compile("\\bnextval\\('((?:[^']|'')*)'::regclass\\)");

    /** Those of a table. */
    static Stream<DrawnNumber> of(QualifiedName table, Catalog catalog) {
        return catalog.relation(table).stream()
                .flatMap(relation -> relation.columns().stream())
                .flatMap(column -> column.defaultExpression().stream()
                        .flatMap(DrawnNumber::sequences)
                        .map(sequence -> new DrawnNumber(new ColumnName(table, column.name()), sequence)));
    }

    /** The catalog is read with no search path: every name has its schema. */
    private static Stream<QualifiedName> sequences(String expression) {
        return DRAW.matcher(expression)
                .results()
                .map(draw -> NAME.matcher(draw.group(1).replace("''", "'")))
                .filter(Matcher::matches)
                .map(name -> new QualifiedName(Identifier.fold(name.group(1)), Identifier.fold(name.group(2))));
    }
}
