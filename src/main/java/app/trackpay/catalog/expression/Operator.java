package app.trackpay.catalog.expression;

/**
 * An operator.
 *
 * @param name its sign, {@code =} or {@code ->>}
 */
public record Operator(String schema, String name) {

    /** Whether it is one of these. */
    public boolean isAnyOf(String... names) {
        for (String one : names) {
            if (name.equals(one)) {
                return true;
            }
        }
        return false;
    }
}
