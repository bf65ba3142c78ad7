package app.trackpay.catalog.expression;

import app.trackpay.catalog.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the numbers in stored trees stand for, on one server.
 *
 * @param types as {@code format_type} spells them
 * @param rowTypes the relation of a composite type
 */
public record Names(
        Map<Long, Function> functions,
        Map<Long, Operator> operators,
        Map<Long, Table> relations,
        Map<Long, String> types,
        Map<Long, Long> rowTypes) {

    /**
     * A relation.
     *
     * @param columns the name of attribute 1, 2 and so on, dropped ones too
     */
    public record Table(QualifiedName name, List<String> columns) {}

    Optional<Function> function(long oid) {
        return Optional.ofNullable(functions.get(oid));
    }

    Optional<Operator> operator(long oid) {
        return Optional.ofNullable(operators.get(oid));
    }

    Optional<Table> relation(long oid) {
        return Optional.ofNullable(relations.get(oid));
    }

    String type(long oid) {
        return types.getOrDefault(oid, "type " + oid);
    }
}
