package app.trackpay.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows under headings, the same for the console and for files.
 *
 * @param name what reports call it, e.g. {@code summary}
 */
public record Table(String name, List<String> columns, List<List<String>> rows) {

    private static final int WIDEST_COLUMN = 80;

    /** The table as psql would draw it, a line each. */
    public Stream<String> lines() {
        Column[] headings = IntStream.range(0, columns.size())
                .mapToObj(i -> new Column()
                        .header(columns.get(i))
                        .headerAlign(HorizontalAlign.LEFT)
                        .dataAlign(isNumeric(i) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
                        .maxWidth(WIDEST_COLUMN))
                .toArray(Column[]::new);
        String[][] cells = rows.stream().map(r -> r.toArray(String[]::new)).toArray(String[][]::new);
        return AsciiTable.getTable(borders(), headings, cells).lines().map(String::stripTrailing);
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.get(column).matches("-?\\d+(\\.\\d+)?"));
    }

    private static Character[] borders() {
        Character[] borders = AsciiTable.BASIC_ASCII_NO_OUTSIDE_BORDER.clone();
        Arrays.fill(borders, 14, 18, null); // no line between two rows
        return borders;
    }
}
