package app.trackpay.plan;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A map of the plan file: text keys, each once. */
final class YamlMap {

    private final String name;
    private final Place place;
    private final Mistakes mistakes;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** A key and its value. */
    record Entry(Written key, YamlNode value) {}

    YamlMap(String name, MappingNode node, Mistakes mistakes) {
        this.name = name;
        this.place = YamlNode.place(node);
        this.mistakes = mistakes;
        node.getValue().forEach(this::add);
    }

    private void add(NodeTuple tuple) {
        Place at = YamlNode.place(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode scalar)
                || scalar.getTag().equals(Tag.NULL)
                || scalar.getValue().isBlank()) {
            mistakes.add(at, "a key of " + name + " must be text");
            return;
        }
        String text = scalar.getValue();
        Entry entry = new Entry(new Written(text, at), new YamlNode('"' + text + '"', tuple.getValueNode(), mistakes));
        Entry first = entries.putIfAbsent(text, entry);
        if (first != null) {
            mistakes.add(
                    at,
                    "duplicate key \"" + text + "\"; line "
                            + first.key().place().line() + " has it already");
        }
    }

    Place place() {
        return place;
    }

    void mistake(String message) {
        mistakes.add(place, message);
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    /** Notes every key that is not one of these. */
    YamlMap only(List<String> known) {
        entries.values().stream()
                .filter(entry -> !known.contains(entry.key().text()))
                .forEach(entry -> mistakes.add(
                        entry.key().place(),
                        "unknown key \"" + entry.key().text() + "\""
                                + Nearest.hint(entry.key().text(), known)));
        return this;
    }

    /** Whether an unknown key may be a slip in the name of a whole section. */
    boolean hidesAny(List<String> known) {
        return entries.values().stream()
                .anyMatch(entry -> !known.contains(entry.key().text())
                        && (entry.value().isMap() || entry.value().isList()));
    }

    Optional<YamlNode> optional(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** A value that must be there; the example is what could be written. */
    Optional<YamlNode> required(String key, String example) {
        if (!entries.containsKey(key)) {
            mistakes.add(place, name + " needs the key \"" + key + "\", for example " + key + ": " + example);
        }
        return optional(key);
    }
}
