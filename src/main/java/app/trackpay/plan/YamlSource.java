package app.trackpay.plan;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Text as one YAML 1.2 document of reasonable size. */
final class YamlSource {

    private static final int LONGEST = 1_000_000;
    private static final int DEEPEST = 32;
    private static final long MOST_VALUES = 100_000;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new CoreSchema())
            // Said by whoever reads the map, in the words of a plan
            .setAllowDuplicateKeys(true)
            .setAllowNonScalarKeys(true)
            .setMaxAliasesForCollections(200)
            .build();

    private final String text;
    private final Mistakes mistakes;

    YamlSource(String text, Mistakes mistakes) {
        this.text = text;
        this.mistakes = mistakes;
    }

    /** The document; empty, with its mistake noted, where there is none to read. */
    Optional<Node> document() {
        if (text.length() > LONGEST) {
            mistakes.add(Place.START, "the file is longer than " + LONGEST + " characters; no plan is");
            return Optional.empty();
        }
        try {
            return fits() ? new Compose(SETTINGS).composeString(text).filter(this::unfolds) : Optional.empty();
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(YamlNode::place).orElse(Place.START);
            mistakes.add(place, "this is not YAML: " + e.getProblem() + context(e.getContext()));
        } catch (ReaderException e) {
            mistakes.add(
                    place(e.getPosition()),
                    "this is not YAML: U+%04X is no character of a text".formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            mistakes.add(Place.START, "this is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static String context(@Nullable String context) {
        if (context == null || context.isEmpty()) {
            return "";
        }
        // The usual slip: a pattern such as * that is not in quotes
        return " (" + context + ")" + (context.contains("alias") ? "; text that starts with * needs quotes" : "");
    }

    /** One document, not too deep: asked before nodes are built, as building them takes stack with every level. */
    private boolean fits() {
        int documents = 0;
        int depth = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            switch (event.getEventId()) {
                case DocumentStart -> documents++;
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            Place place = event.getStartMark().map(YamlNode::place).orElse(Place.START);
            if (documents > 1) {
                mistakes.add(place, "a second document starts here; a plan is one document");
                return false;
            }
            // A map that merges itself would keep the library busy for ever
            if (event instanceof ScalarEvent scalar
                    && scalar.isPlain()
                    && scalar.getValue().equals("<<")) {
                mistakes.add(place, "YAML 1.2 has no merge key \"<<\"; write the keys out");
                return false;
            }
            if (depth > DEEPEST) {
                mistakes.add(place, "lists and maps are nested more than " + DEEPEST + " deep; no plan is");
                return false;
            }
        }
        return true;
    }

    /** Few enough values once every alias stands for all it names. */
    private boolean unfolds(Node root) {
        if (size(root, new IdentityHashMap<>()) <= MOST_VALUES) {
            return true;
        }
        mistakes.add(
                YamlNode.place(root),
                "aliases (*name) that hold themselves or unfold to more than " + MOST_VALUES
                        + " values; write them out");
        return false;
    }

    private static long size(Node node, Map<Node, Long> sizes) {
        Long known = sizes.get(node);
        if (known != null) {
            return known;
        }
        // What is met again before it is counted holds itself
        sizes.put(node, MOST_VALUES + 1);
        long size = Math.min(
                MOST_VALUES + 1,
                1 + children(node).mapToLong(child -> size(child, sizes)).sum());
        sizes.put(node, size);
        return size;
    }

    private static Stream<Node> children(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .flatMap(tuple -> List.of(tuple.getKeyNode(), tuple.getValueNode()).stream());
        }
        return node instanceof SequenceNode sequence ? sequence.getValue().stream() : Stream.empty();
    }

    private Place place(int codePoints) {
        String before = text.substring(0, text.offsetByCodePoints(0, codePoints));
        String[] lines = before.split("\r\n|[\r\n]", -1);
        String last = lines[lines.length - 1];
        return new Place(lines.length, last.codePointCount(0, last.length()) + 1);
    }
}
