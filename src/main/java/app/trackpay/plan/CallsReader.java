package app.trackpay.plan;

import app.trackpay.plan.RemoteCall.Ending;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code rpc}, the calls that are made on purpose. */
final class CallsReader {

    private static final Pattern STATE = Pattern.compile("[0-9A-Z]{5}");
    private static final String CALL = "{ function: total(uuid), arguments: [a], as: visitor, fails: P0001 }";

    private final NameReader names;
    private final PeopleReader people;

    CallsReader(NameReader names, PeopleReader people) {
        this.names = names;
        this.people = people;
    }

    List<RemoteCall> read(YamlMap plan) {
        return plan.optional("rpc").stream()
                .flatMap(node -> node.list("[" + CALL + "]").stream())
                .flatMap(item -> item.map(CALL).stream())
                .flatMap(call -> call(plan, call))
                .toList();
    }

    private Stream<RemoteCall> call(YamlMap plan, YamlMap map) {
        map.only(List.of("function", "arguments", "as", "fails", "message", "returns"));
        Optional<ProvidedFunction> function = map.required("function", "total(uuid)")
                .flatMap(node -> node.text("total(uuid)"))
                .flatMap(names::function);
        List<Optional<String>> arguments = arguments(map);
        function.filter(f -> arguments.size() > f.argumentTypes().size())
                .ifPresent(f -> map.optional("arguments")
                        .orElseThrow()
                        .mistake(f.signature() + " takes " + f.argumentTypes().size() + ", and here are "
                                + arguments.size()));
        Optional<Written> persona = map.required("as", "visitor")
                .flatMap(node -> node.text("visitor"))
                .filter(written -> people.isPersona(plan, written));
        Optional<Ending> ending = ending(map);
        return function
                .flatMap(f -> persona.flatMap(p -> ending.map(e -> new RemoteCall(f, arguments, p.text(), e))))
                .stream();
    }

    private static List<Optional<String>> arguments(YamlMap map) {
        return map.optional("arguments").stream()
                .flatMap(node -> node.list("[a]").stream())
                .map(item -> item.isNothing()
                        ? Optional.<String>empty()
                        : item.label("a").map(Written::text))
                .toList();
    }

    private static Optional<Ending> ending(YamlMap map) {
        Optional<YamlNode> fails = map.optional("fails");
        Optional<YamlNode> returns = map.optional("returns");
        Optional<YamlNode> message = map.optional("message");
        if (fails.isPresent() == returns.isPresent()) {
            map.mistake(
                    "a call needs to end one way: \"fails\" with a SQLSTATE, or \"returns\" with the result as text");
            return Optional.empty();
        }
        if (returns.isPresent()) {
            message.ifPresent(node -> node.mistake("\"message\" is part of an error; a call that returns has none"));
            YamlNode result = returns.orElseThrow();
            return result.isNothing()
                    ? Optional.of(new Ending.Returns(Optional.empty()))
                    : result.text("\"true\"").map(text -> new Ending.Returns(Optional.of(text.text())));
        }
        Optional<String> part =
                message.flatMap(node -> node.text("Not authenticated")).map(Written::text);
        return fails.flatMap(CallsReader::state).map(state -> new Ending.Fails(state, part));
    }

    private static Optional<String> state(YamlNode node) {
        return node.label("P0001").map(Written::text).filter(written -> {
            boolean sound = STATE.matcher(written).matches();
            if (!sound) {
                node.mistake("\"" + written
                        + "\" is not a SQLSTATE: five digits or capital letters, for example 42501 or P0001");
            }
            return sound;
        });
    }
}
