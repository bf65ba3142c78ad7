package app.trackpay.plan;

import app.trackpay.catalog.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A function.
 *
 * @param argumentTypes as written
 * @param returns as written, where declared
 */
public record ProvidedFunction(
        QualifiedName name, List<String> argumentTypes, Optional<String> returns, Optional<Security> security) {

    /** With whose rights a function runs. */
    public enum Security {
        DEFINER,
        INVOKER
    }

    /** {@code schema.name(type, type)}, as written. */
    public String signature() {
        return name + "(" + String.join(", ", argumentTypes) + ")";
    }
}
