package app.trackpay.database;

import app.trackpay.catalog.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the columns of a relation are called that other catalogs know by number. */
final class ColumnNumbers {

    private static final int TABLE_OID = -6;
    private static final int EXPRESSION = 0;

    /**
     * @param sql quoted where the server itself would
     */
    private record Spelling(String name, String sql) {}

    private final Map<QualifiedName, Map<Integer, Spelling>> relations = new HashMap<>();
    private final Map<String, Spelling> plain = new HashMap<>();

    void add(QualifiedName relation, int number, String name, Optional<String> quoted) {
        relations
                .computeIfAbsent(relation, any -> new HashMap<>())
                .put(
                        number,
                        quoted.isPresent()
                                ? new Spelling(name, quoted.get())
                                : plain.computeIfAbsent(name, same -> new Spelling(same, same)));
    }

    /** The names behind a key's numbers. A number that stands for the row as a whole has none. */
    List<String> names(QualifiedName relation, List<String> numbers) {
        return names(relation, numbers, List.of());
    }

    /**
     * The same of an index, in whose key an expression may stand for a column.
     *
     * @param expressions as many as there are zeros among the numbers
     */
    List<String> names(QualifiedName relation, List<String> numbers, List<String> expressions) {
        Iterator<String> expression = expressions.iterator();
        List<String> names = new ArrayList<>(numbers.size());
        for (String text : numbers) {
            int number = Integer.parseInt(text);
            if (number == EXPRESSION && expression.hasNext()) {
                names.add(expression.next());
            } else if (number == TABLE_OID) {
                names.add("tableoid");
            } else {
                spelling(relation, number).map(Spelling::name).ifPresent(names::add);
            }
        }
        return List.copyOf(names);
    }

    /** The columns of a key as they stand in its definition: {@code (a, "B")}. */
    String sql(QualifiedName relation, List<String> numbers) {
        return numbers.stream()
                .map(number -> spelling(relation, Integer.parseInt(number))
                        .map(Spelling::sql)
                        .orElseThrow(() -> new IllegalStateException(relation + " has no column " + number)))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private Optional<Spelling> spelling(QualifiedName relation, int number) {
        return Optional.ofNullable(relations.getOrDefault(relation, Map.of()).get(number));
    }
}
