package app.trackpay.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows that a step's statement answered, as text.
 *
 * @param rows the first ones, each as long as {@code columns}; an empty cell is NULL
 * @param total how many there were
 */
public record ResultTable(List<String> columns, List<List<Optional<String>>> rows, int total) {

    private static final int WIDTH = 80;

    /** As a terminal shows it: a head, the rows, how many. NULL reads {@code (null)}, a line end in a cell {@code ↵}. */
    public List<String> lines() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(ResultTable::cell).toList());
        rows.forEach(row -> cells.add(
                row.stream().map(c -> c.map(ResultTable::cell).orElse("(null)")).toList()));
        int[] widths = new int[columns.size()];
        for (List<String> row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        List<String> lines = new ArrayList<>();
        cells.forEach(row -> lines.add(line(row, widths)));
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "" : "+").append("-".repeat(widths[i] + 2));
        }
        lines.add(1, rule.toString());
        lines.add(
                rows.size() < total
                        ? "(the first " + rows.size() + " of " + total + " rows)"
                        : total == 1 ? "(1 row)" : "(" + total + " rows)");
        return lines;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? " " : " | ").append(row.get(i));
            if (i < widths.length - 1) {
                line.append(" ".repeat(widths[i] - length(row.get(i))));
            }
        }
        return line.toString();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static String cell(String text) {
        String line = text.replaceAll("\r?\n", "\u21b5").replace('\t', ' ');
        return length(line) > WIDTH ? line.substring(0, line.offsetByCodePoints(0, WIDTH - 1)) + "\u2026" : line;
    }
}
