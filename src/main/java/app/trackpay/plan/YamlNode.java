package app.trackpay.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of the plan file. Whoever asks says which kind it must be; if it is another, that is noted as a mistake and the answer is
 * empty, so that reading goes on to the next mistake.
 */
final class YamlNode {

    private static final Set<Tag> PLAIN = Set.of(Tag.MAP, Tag.SEQ, Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

    private final String name;
    private final Node node;
    private final Mistakes mistakes;

    /**
     * @param name what mistakes call it, e.g. {@code "steps"} with its quotes
     */
    YamlNode(String name, Node node, Mistakes mistakes) {
        this.name = name;
        this.node = node;
        this.mistakes = mistakes;
    }

    Place place() {
        return place(node);
    }

    static Place place(Node node) {
        return node.getStartMark().map(YamlNode::place).orElse(Place.START);
    }

    static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    void mistake(String message) {
        mistakes.add(place(), message);
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isNothing() {
        return node.getTag().equals(Tag.NULL);
    }

    boolean isNumber() {
        return node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
    }

    private boolean isText() {
        return node instanceof ScalarNode && node.getTag().equals(Tag.STR);
    }

    boolean isTruth() {
        return node.getTag().equals(Tag.BOOL);
    }

    /** A map; the example is a whole value, as short as can be. */
    Optional<YamlMap> map(String example) {
        if (node instanceof MappingNode mapping && known(Tag.MAP)) {
            return Optional.of(new YamlMap(name, mapping, mistakes));
        }
        return wrong("a map", example);
    }

    /** The values of a list, none where it is no list. */
    List<YamlNode> list(String example) {
        if (node instanceof SequenceNode sequence && known(Tag.SEQ)) {
            return sequence.getValue().stream()
                    .map(item -> new YamlNode("an item of " + name, item, mistakes))
                    .toList();
        }
        wrong("a list", example);
        return List.of();
    }

    /** The values of a list that needs at least one. */
    List<YamlNode> items(String example) {
        List<YamlNode> items = list(example);
        if (items.isEmpty() && isList() && known(Tag.SEQ)) {
            mistake(name + " must name at least one, for example " + example);
        }
        return items;
    }

    /** The texts of a list. */
    List<Written> texts(String example) {
        return list(example).stream()
                .flatMap(item -> item.text("text").stream())
                .toList();
    }

    /** The texts of a list that needs at least one. */
    List<Written> someTexts(String example) {
        return items(example).stream()
                .flatMap(item -> item.text("text").stream())
                .toList();
    }

    /** Text that is not blank. */
    Optional<Written> text(String example) {
        if (node instanceof ScalarNode scalar && isText()) {
            if (scalar.getValue().isBlank()) {
                mistake(name + " must not be blank, for example " + example);
                return Optional.empty();
            }
            return Optional.of(new Written(scalar.getValue(), place()));
        }
        if (node instanceof ScalarNode scalar && (isNumber() || isTruth())) {
            mistake(name + " must be text, and YAML reads this as " + kind() + "; put it in quotes: \""
                    + scalar.getValue() + "\"");
            return Optional.empty();
        }
        return wrong("text", example);
    }

    /** Text that may look like a number: it counts as it is written, 3.10 is not 3.1. */
    Optional<Written> label(String example) {
        return node instanceof ScalarNode scalar && isNumber()
                ? Optional.of(new Written(scalar.getValue(), place()))
                : text(example);
    }

    /** One of some words. */
    Optional<String> word(List<String> known) {
        return text(known.get(0)).flatMap(written -> {
            if (known.contains(written.text())) {
                return Optional.of(written.text());
            }
            mistake(name + " cannot be \"" + written.text() + "\"" + Nearest.hint(written.text(), known));
            return Optional.empty();
        });
    }

    /** True or false. */
    Optional<Boolean> truth() {
        if (node instanceof ScalarNode scalar && isTruth()) {
            return Optional.of(scalar.getValue().equalsIgnoreCase("true"));
        }
        return wrong("true or false", "true");
    }

    /** Notes that the value is of a wrong kind. */
    <T> Optional<T> wrong(String expected, String example) {
        mistake(name + " must be " + expected + ", for example " + example + "; this is " + kind());
        return Optional.empty();
    }

    /** The value itself, as written, where it is a number. */
    Optional<String> number() {
        return node instanceof ScalarNode scalar && isNumber() ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    private boolean known(Tag tag) {
        return node.getTag().equals(tag);
    }

    private String kind() {
        if (!PLAIN.contains(node.getTag())) {
            return "a value with the tag " + node.getTag().getValue();
        }
        if (isMap()) {
            return "a map";
        }
        if (isList()) {
            return "a list";
        }
        if (isNothing()) {
            return "empty";
        }
        if (isTruth()) {
            return "true or false";
        }
        return isNumber() ? "a number" : "text";
    }
}
