package app.trackpay.database;

import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's text form of a one-dimensional array without nulls: {@code {plain,"with \"quotes\""}}. */
final class ArrayLiteral {

    private ArrayLiteral() {}

    static List<String> read(String literal) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean quoted = false;
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c == '\\') {
                element.append(literal.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                elements.add(element.toString());
                element.setLength(0);
            } else {
                element.append(c);
            }
        }
        if (literal.length() > 2) {
            elements.add(element.toString());
        }
        return List.copyOf(elements);
    }

    static String write(List<String> elements) {
        StringBuilder literal = new StringBuilder("{");
        for (String element : elements) {
            literal.append(literal.length() == 1 ? "" : ",")
                    .append('"')
                    .append(element.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return literal.append('}').toString();
    }
}
