package app.trackpay.plan;

import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.plan.Access.Rows;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads who is who and who may see what: {@code identity}, {@code personas}, {@code access}. */
final class PeopleReader {

    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final String PERSONAS = "{ visitor: { role: anon } }";
    private static final List<String> COMMANDS = List.of("select", "insert", "update", "delete");

    private final NameReader names;
    private final Mistakes mistakes;

    PeopleReader(NameReader names, Mistakes mistakes) {
        this.names = names;
        this.mistakes = mistakes;
    }

    Identity identity(YamlMap plan) {
        Optional<YamlMap> map = plan.optional("identity").flatMap(node -> node.map("{ auth: [auth.users.id] }"));
        map.ifPresent(identity -> identity.only(List.of("auth", "internal", "helper")));
        return map.map(identity -> new Identity(
                        columns(identity, "auth"),
                        columns(identity, "internal"),
                        identity.optional("helper")
                                .flatMap(node -> node.text("public.current_user_id()"))
                                .flatMap(names::function)))
                .orElse(Identity.UNKNOWN);
    }

    private List<ColumnName> columns(YamlMap identity, String key) {
        return identity.optional(key).stream()
                .flatMap(node -> node.texts("[auth.users.id]").stream())
                .flatMap(written -> names.columnAnywhere(written).stream())
                .toList();
    }

    List<Persona> personas(YamlMap plan) {
        return plan.optional("personas").flatMap(node -> node.map(PERSONAS)).stream()
                .flatMap(map -> map.entries().stream())
                .flatMap(this::persona)
                .toList();
    }

    private Stream<Persona> persona(YamlMap.Entry entry) {
        return entry.value().map("{ role: anon }").stream().flatMap(map -> {
            map.only(List.of("role", "sub", "claims"));
            Optional<String> role = map.required("role", "authenticated")
                    .flatMap(node -> node.text("authenticated"))
                    .map(written -> WrittenName.stored(written.text()));
            Optional<UUID> subject = map.optional("sub").flatMap(this::uuid);
            var claims = map.optional("claims").map(ClaimsReader::read).orElse(Map.of());
            return role.map(name -> new Persona(entry.key().text(), name, subject, claims)).stream();
        });
    }

    private Optional<UUID> uuid(YamlNode node) {
        String example = "\"7c1f0a52-3b0e-4c53-9a5d-2f6f0c1f8d11\"";
        return node.text(example).flatMap(written -> {
            if (UUID_TEXT.matcher(written.text()).matches()) {
                return Optional.of(UUID.fromString(written.text()));
            }
            node.mistake("\"" + written.text() + "\" is not a UUID, for example " + example);
            return Optional.empty();
        });
    }

    /** Whether there is a persona of that name; it is a mistake where there is none. */
    boolean isPersona(YamlMap plan, Written written) {
        Optional<YamlMap> personas = plan.optional("personas").flatMap(node -> node.map(PERSONAS));
        Set<String> declared = personas.stream()
                .flatMap(map -> map.entries().stream())
                .map(entry -> entry.key().text())
                .collect(Collectors.toSet());
        // A slip in the word "personas" is one mistake, not one for each use of a persona
        boolean known = personas.isPresent() || !plan.hidesAny(PlanFile.KEYS);
        if (known && !declared.contains(written.text())) {
            unknown(written, declared);
            return false;
        }
        return true;
    }

    List<Access> access(YamlMap plan) {
        return plan.optional("access").flatMap(node -> node.map("{ users: { visitor: { select: none } } }")).stream()
                .flatMap(map -> map.entries().stream())
                .flatMap(entry -> {
                    Optional<QualifiedName> table = names.table(entry.key());
                    return entry.value().map("{ visitor: { select: none } }").stream()
                            .flatMap(map -> map.entries().stream())
                            .flatMap(persona -> {
                                isPersona(plan, persona.key());
                                return rows(persona, table);
                            });
                })
                .toList();
    }

    private void unknown(Written persona, Set<String> declared) {
        mistakes.add(
                persona.place(),
                "no persona \"" + persona.text() + "\" is declared"
                        + (declared.isEmpty()
                                ? "; add it to \"personas\""
                                : Nearest.hint(
                                        persona.text(),
                                        declared.stream().sorted().toList())));
    }

    private static Stream<Access> rows(YamlMap.Entry persona, Optional<QualifiedName> table) {
        return persona.value().map("{ select: none }").stream()
                .flatMap(map -> map.only(COMMANDS).entries().stream())
                .filter(command -> COMMANDS.contains(command.key().text()))
                .flatMap(command -> command
                        .value()
                        .text("\"user_id = :me\", all or none")
                        .flatMap(written -> table.map(name -> new Access(
                                name,
                                persona.key().text(),
                                Command.valueOf(command.key().text().toUpperCase(Locale.ROOT)),
                                rows(written.text()))))
                        .stream());
    }

    private static Rows rows(String written) {
        return switch (written.strip().toLowerCase(Locale.ROOT)) {
            case "all" -> new Rows.All();
            case "none" -> new Rows.None();
            default -> new Rows.Where(written);
        };
    }
}
