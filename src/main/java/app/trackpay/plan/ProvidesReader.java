package app.trackpay.plan;

import app.trackpay.catalog.DeleteRule;
import app.trackpay.catalog.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Reads {@code provides}, what a step leaves behind. */
final class ProvidesReader {

    static final List<String> KEYS = List.of(
            "extensions",
            "tables",
            "functions",
            "triggers",
            "indexes",
            "unique",
            "foreign-keys",
            "policies",
            "publications",
            "revoked");

    private static final List<String> DELETE_RULES =
            List.of("no-action", "restrict", "cascade", "set-null", "set-default");
    private static final List<String> PRIVILEGES =
            List.of("select", "insert", "update", "delete", "truncate", "references", "trigger", "maintain");

    private final NameReader names;

    ProvidesReader(NameReader names) {
        this.names = names;
    }

    Provides read(YamlMap provides) {
        provides.only(KEYS);
        TablesReader tables = new TablesReader(names);
        return new Provides(
                provides.optional("extensions").stream()
                        .flatMap(node -> node.texts("[pgcrypto]").stream())
                        .map(written -> WrittenName.stored(written.text()))
                        .toList(),
                tables.tables(provides),
                tables.functions(provides),
                byTable(provides, "triggers", "{ users: [users_touch] }", ProvidedTrigger::new),
                indexes(provides),
                maps(provides, "unique", "[{ on: users, columns: [email] }]")
                        .flatMap(this::unique)
                        .toList(),
                maps(provides, "foreign-keys", "[{ from: orders.user_id, to: users }]")
                        .flatMap(this::foreignKey)
                        .toList(),
                byTable(provides, "policies", "{ users: [users_select_self] }", ProvidedPolicy::new),
                publications(provides),
                maps(provides, "revoked", "[{ privileges: [delete], on: users, from: [anon] }]")
                        .flatMap(this::revoked)
                        .toList());
    }

    private <T> List<T> byTable(
            YamlMap provides, String key, String example, BiFunction<QualifiedName, String, T> declaration) {
        return provides.optional(key).flatMap(node -> node.map(example)).stream()
                .flatMap(map -> map.entries().stream())
                .flatMap(entry -> {
                    List<Written> written = entry.value().texts("[name]");
                    return names.tableAnywhere(entry.key()).stream()
                            .flatMap(table -> written.stream()
                                    .map(name -> declaration.apply(table, WrittenName.stored(name.text()))));
                })
                .toList();
    }

    private List<ProvidedIndex> indexes(YamlMap provides) {
        return provides.optional("indexes").stream()
                .flatMap(node -> {
                    if (node.isList()) {
                        return node.texts("[idx_users_email]").stream()
                                .flatMap(name -> names.qualified(name).stream())
                                .map(name -> new ProvidedIndex(name, Optional.empty(), List.of()));
                    }
                    return node.map("{ idx_users_email: users (email) }").stream()
                            .flatMap(map -> map.entries().stream())
                            .flatMap(this::index);
                })
                .toList();
    }

    private Stream<ProvidedIndex> index(YamlMap.Entry entry) {
        Optional<Written> written = entry.value().text("users (email)");
        Optional<List<String>> call = written.flatMap(text -> WrittenName.call(text.text()));
        if (call.filter(c -> c.size() > 1 && c.stream().skip(1).allMatch(WrittenName::isPlain))
                .isEmpty()) {
            written.ifPresent(
                    text -> entry.value()
                            .mistake(
                                    "\"" + text.text()
                                            + "\" must be a table and its columns, for example users (email); "
                                            + "an index on expressions or with an order is declared by its name alone, in a list of names"));
            return Stream.empty();
        }
        List<String> columns =
                call.orElseThrow().stream().skip(1).map(WrittenName::stored).toList();
        Optional<QualifiedName> table =
                names.table(new Written(call.orElseThrow().get(0), entry.value().place()));
        // An index lives in the schema of its table, whatever schema unqualified names mean
        return names
                .qualified(entry.key())
                .flatMap(name -> table.map(
                        on -> new ProvidedIndex(new QualifiedName(on.schema(), name.name()), Optional.of(on), columns)))
                .stream();
    }

    private Stream<ProvidedUnique> unique(YamlMap map) {
        map.only(List.of("on", "columns", "name"));
        Optional<QualifiedName> on =
                map.required("on", "users").flatMap(node -> node.text("users")).flatMap(names::table);
        List<String> columns = map.required("columns", "[email]").stream()
                .flatMap(node -> node.someTexts("[email]").stream())
                .map(column -> WrittenName.stored(column.text()))
                .toList();
        Optional<String> name = map.optional("name")
                .flatMap(node -> node.text("ux_users_email"))
                .map(written -> WrittenName.stored(written.text()));
        return on.map(table -> new ProvidedUnique(table, columns, name)).stream();
    }

    private Stream<ProvidedForeignKey> foreignKey(YamlMap map) {
        map.only(List.of("from", "to", "on-delete"));
        var from = map.required("from", "orders.user_id")
                .flatMap(node -> node.text("orders.user_id"))
                .flatMap(names::column);
        var to = map.required("to", "users").flatMap(node -> node.text("users")).flatMap(names::reference);
        Optional<DeleteRule> onDelete = map.optional("on-delete")
                .flatMap(node -> node.word(DELETE_RULES))
                .map(word -> DeleteRule.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT)));
        return from
                .flatMap(column ->
                        to.map(found -> new ProvidedForeignKey(column, found.table(), found.column(), onDelete)))
                .stream();
    }

    private List<ProvidedPublication> publications(YamlMap provides) {
        return provides.optional("publications").flatMap(node -> node.map("{ supabase_realtime: [users] }")).stream()
                .flatMap(map -> map.entries().stream())
                .flatMap(entry -> entry.value().texts("[users]").stream()
                        .flatMap(table -> names.table(table).stream())
                        .map(table -> new ProvidedPublication(
                                WrittenName.stored(entry.key().text()), table)))
                .toList();
    }

    private Stream<RevokedPrivilege> revoked(YamlMap map) {
        map.only(List.of("privileges", "on", "from"));
        List<String> privileges = map.required("privileges", "[delete]").stream()
                .flatMap(node -> node.items("[delete]").stream())
                .flatMap(item -> item.word(PRIVILEGES).stream())
                .map(word -> word.toUpperCase(Locale.ROOT))
                .toList();
        Optional<QualifiedName> on =
                map.required("on", "users").flatMap(node -> node.text("users")).flatMap(names::table);
        List<String> roles = map.required("from", "[anon]").stream()
                .flatMap(node -> node.someTexts("[anon]").stream())
                .map(role -> WrittenName.stored(role.text()))
                .toList();
        return on.stream()
                .flatMap(table -> privileges.stream()
                        .flatMap(
                                privilege -> roles.stream().map(role -> new RevokedPrivilege(privilege, table, role))));
    }

    private static Stream<YamlMap> maps(YamlMap provides, String key, String example) {
        return provides.optional(key).stream()
                .flatMap(node -> node.list(example).stream())
                .flatMap(item -> item.map(example.substring(1, example.length() - 1)).stream());
    }
}
