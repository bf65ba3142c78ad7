package app.trackpay.plan;

import app.trackpay.plan.ProvidedFunction.Security;
import app.trackpay.plan.ProvidedTable.ProvidedColumn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the parts of {@code provides} that the rest of a plan refers to: tables and functions. */
final class TablesReader {

    static final String TABLES = "{ users: { id: uuid } }";

    private static final String FUNCTIONS = "{ current_user_id(): { returns: uuid } }";
    private static final List<String> FUNCTION_KEYS = List.of("returns", "security");

    private final NameReader names;

    TablesReader(NameReader names) {
        this.names = names;
    }

    List<ProvidedTable> tables(YamlMap provides) {
        return provides.optional("tables").flatMap(node -> node.map(TABLES)).stream()
                .flatMap(map -> map.entries().stream())
                .flatMap(entry ->
                        names
                                .qualified(entry.key())
                                .map(name -> new ProvidedTable(name, columns(entry.value())))
                                .stream())
                .toList();
    }

    private static List<ProvidedColumn> columns(YamlNode node) {
        if (node.isNothing()) {
            return List.of();
        }
        if (node.isList()) {
            return node.texts("[id, email]").stream()
                    .map(column -> new ProvidedColumn(WrittenName.stored(column.text()), Optional.empty()))
                    .toList();
        }
        if (!node.isMap()) {
            node.wrong("a map of columns and types, or a list of columns", "{ id: uuid } or [id]");
            return List.of();
        }
        return node.map("{ id: uuid }").stream()
                .flatMap(map -> map.entries().stream())
                .map(entry -> new ProvidedColumn(
                        WrittenName.stored(entry.key().text()),
                        entry.value().isNothing()
                                ? Optional.empty()
                                : entry.value().text("numeric(10,2)").map(Written::text)))
                .toList();
    }

    List<ProvidedFunction> functions(YamlMap provides) {
        return provides.optional("functions").stream()
                .flatMap(node -> {
                    if (node.isList()) {
                        return node.texts("[current_user_id()]").stream()
                                .flatMap(written -> names.signature(written).stream());
                    }
                    return node.map(FUNCTIONS).stream()
                            .flatMap(map -> map.entries().stream())
                            .flatMap(this::function);
                })
                .toList();
    }

    private Stream<ProvidedFunction> function(YamlMap.Entry entry) {
        Optional<YamlMap> properties = entry.value().isNothing()
                ? Optional.empty()
                : entry.value().map("{ returns: uuid, security: definer }").map(map -> map.only(FUNCTION_KEYS));
        Optional<String> returns = properties
                .flatMap(map -> map.optional("returns"))
                .flatMap(node -> node.text("uuid"))
                .map(Written::text);
        Optional<Security> security = properties
                .flatMap(map -> map.optional("security"))
                .flatMap(node -> node.word(List.of("definer", "invoker")))
                .map(word -> Security.valueOf(word.toUpperCase(Locale.ROOT)));
        return names
                .signature(entry.key())
                .map(f -> new ProvidedFunction(f.name(), f.argumentTypes(), returns, security))
                .stream();
    }
}
