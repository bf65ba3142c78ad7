package app.trackpay.plan;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JWT claims: what JSON can say, with every value there. */
final class ClaimsReader {

    private static final String EXAMPLE = "{ user_role: admin }";

    private ClaimsReader() {}

    static Map<String, Object> read(YamlNode node) {
        Map<String, Object> claims = new LinkedHashMap<>();
        node.map(EXAMPLE)
                .ifPresent(map -> map.entries()
                        .forEach(entry -> value(entry.value())
                                .ifPresent(value -> claims.put(entry.key().text(), value))));
        return claims;
    }

    private static Optional<Object> value(YamlNode node) {
        if (node.isMap()) {
            return Optional.of(read(node));
        }
        if (node.isList()) {
            List<Object> values = node.list("[admin]").stream()
                    .flatMap(item -> value(item).stream())
                    .toList();
            return Optional.of(values);
        }
        if (node.isTruth()) {
            return node.truth().map(truth -> truth);
        }
        return node.isNumber() ? number(node) : node.text("admin").map(Written::text);
    }

    private static Optional<Object> number(YamlNode node) {
        String written = node.number().orElseThrow();
        try {
            BigDecimal number = new BigDecimal(written);
            if (number.scale() <= 0 && number.precision() - number.scale() <= 18) {
                return Optional.of(number.longValueExact());
            }
            return Optional.of(number);
        } catch (NumberFormatException e) {
            // YAML's hexadecimal, octal, infinite and undefined numbers have no JSON form
            node.mistake(written + " is no number of JSON; write it in decimal, for example 42");
            return Optional.empty();
        }
    }
}
