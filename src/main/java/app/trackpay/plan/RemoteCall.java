package app.trackpay.plan;

import java.util.List;
import java.util.Optional;

/**
 * A call of a function through the API, and how it must end. A function that is called here is exposed on purpose.
 *
 * @param arguments the values as text, in order; empty for NULL. A function with defaults may get fewer than it takes
 * @param persona the name of who calls
 */
public record RemoteCall(ProvidedFunction function, List<Optional<String>> arguments, String persona, Ending ending) {

    /** How a call ends. */
    public sealed interface Ending {

        /**
         * In an error.
         *
         * @param state the SQLSTATE
         * @param message a part of the error's text
         */
        record Fails(String state, Optional<String> message) implements Ending {}

        /**
         * In a result.
         *
         * @param text the result as text; empty for NULL, and for a function that returns nothing
         */
        record Returns(Optional<String> text) implements Ending {}
    }
}
