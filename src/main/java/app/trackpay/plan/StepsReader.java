package app.trackpay.plan;

import app.trackpay.plan.Step.Importance;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code steps}. */
final class StepsReader {

    static final List<String> KEYS = List.of("id", "file", "purpose", "importance", "sections", "provides");

    private static final String STEP = "{ id: \"1\", file: 001_tables.sql }";

    private final Path directory;
    private final Mistakes mistakes;

    StepsReader(Path directory, Mistakes mistakes) {
        this.directory = directory;
        this.mistakes = mistakes;
    }

    /** The steps as they stand in the file. */
    List<YamlMap> maps(YamlMap plan) {
        return plan.required("steps", "[" + STEP + "]").stream()
                .flatMap(node -> node.items("[" + STEP + "]").stream())
                .flatMap(item -> item.map(STEP).stream())
                .toList();
    }

    /** What all steps provide together: read first, as any part of a plan may speak of it. */
    Declarations declarations(YamlMap plan, Scope scope) {
        Declarations declarations = new Declarations(scope);
        int before = mistakes.count();
        TablesReader reader = new TablesReader(new NameReader(declarations, mistakes));
        boolean hidden = plan.hidesAny(PlanFile.KEYS);
        for (YamlMap step : maps(plan)) {
            Optional<YamlMap> provides = provides(step);
            provides.ifPresent(map -> {
                reader.tables(map).forEach(declarations::add);
                reader.functions(map).forEach(declarations::add);
            });
            hidden = hidden
                    || step.hidesAny(KEYS)
                    || provides.filter(map -> map.hidesAny(ProvidesReader.KEYS)).isPresent();
        }
        if (hidden || mistakes.count() > before) {
            declarations.mayBeMore();
        }
        return declarations;
    }

    /** The steps; the declarations learn of the columns that they name. */
    List<Step> read(YamlMap plan, Declarations declarations) {
        ProvidesReader provides = new ProvidesReader(new NameReader(declarations, mistakes));
        Map<String, Place> ids = new HashMap<>();
        Map<Path, Place> files = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        int before = mistakes.count();
        for (YamlMap map : maps(plan)) {
            map.only(KEYS);
            Optional<Written> id = map.required("id", "\"1\"").flatMap(node -> node.label("\"1\""));
            id.ifPresent(written -> once("id", written.text(), written.text(), written.place(), ids));
            Optional<Written> name =
                    map.required("file", "001_tables.sql").flatMap(node -> node.text("001_tables.sql"));
            Optional<Path> file = name.flatMap(this::inside);
            file.ifPresent(path -> once(
                    "file", path, name.orElseThrow().text(), name.orElseThrow().place(), files));
            String purpose = map.optional("purpose")
                    .flatMap(node -> node.text("Create the tables"))
                    .map(Written::text)
                    .orElse("");
            Importance importance = map.optional("importance")
                    .flatMap(node -> node.word(List.of("critical", "recommended", "monitoring")))
                    .map(word -> Importance.valueOf(word.toUpperCase(Locale.ROOT)))
                    .orElse(Importance.CRITICAL);
            boolean sections = map.optional("sections").flatMap(YamlNode::truth).orElse(false);
            Provides left = provides(map).map(provides::read).orElse(Provides.NOTHING);
            declarations.name(left);
            id.ifPresent(i -> file.ifPresent(f -> steps.add(
                    new Step(i.text(), directory.relativize(f).toString(), f, purpose, importance, sections, left))));
        }
        if (mistakes.count() > before) {
            declarations.mayNameMore();
        }
        return List.copyOf(steps);
    }

    /** A file of the plan's folder, whether or not it is there. */
    Optional<Path> inside(Written written) {
        try {
            Path file = directory.resolve(written.text()).normalize();
            if (file.startsWith(directory.normalize()) && !file.equals(directory.normalize())) {
                return Optional.of(file);
            }
        } catch (InvalidPathException e) {
            // said below: what no file can be called is no file of the folder
        }
        mistakes.add(
                written.place(),
                "\"" + written.text() + "\" is not a file of this folder; a plan's files lie beside trackpay.yaml");
        return Optional.empty();
    }

    private <T> void once(String key, T value, String text, Place place, Map<T, Place> seen) {
        Place first = seen.putIfAbsent(value, place);
        if (first != null) {
            mistakes.add(place, "duplicate " + key + " \"" + text + "\"; line " + first.line() + " has it already");
        }
    }

    private static Optional<YamlMap> provides(YamlMap step) {
        return step.optional("provides").flatMap(node -> node.map("{ tables: { users: [id] } }"));
    }
}
