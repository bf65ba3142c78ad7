package app.trackpay.catalog.expression;

import java.util.List;
import java.util.Map;

/** A piece of the text of a {@code pg_node_tree}, before anything in it is understood. */
sealed interface Node {

    /** Nothing, written {@code <>}. */
    Node EMPTY = new Many(List.of());

    /**
     * {@code {NAME :field value ...}}.
     *
     * @param fields in the order in which they stand
     */
    record Struct(String name, Map<String, Node> fields) implements Node {

        @Override
        public Node field(String field) {
            return fields.getOrDefault(field, EMPTY);
        }
    }

    /** A list, of nodes or of numbers. */
    record Many(List<Node> nodes) implements Node {}

    /** A word, number or string, its escapes resolved. */
    record Word(String text) implements Node {}

    /** The bytes of a constant. */
    record Datum(byte[] bytes) implements Node {}

    /** A field of a structure; {@link #EMPTY} where there is none. */
    default Node field(String field) {
        return EMPTY;
    }

    /** The elements of a list; nothing for anything else. */
    default List<Node> elements() {
        return this instanceof Many many ? many.nodes() : List.of();
    }

    /** The text of a word; nothing for anything else. */
    default String text() {
        return this instanceof Word word ? word.text() : "";
    }

    /** The number that a field holds, 0 where it holds none. */
    default long number(String field) {
        String text = field(field).text();
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** Whether a field says {@code true}. */
    default boolean flag(String field) {
        return field(field).text().equals("true");
    }

    /** Whether this stands for nothing. */
    default boolean isEmpty() {
        return this instanceof Many many && many.nodes().isEmpty();
    }
}
