package app.trackpay;

/**
 * A question that could not be asked: no connection, a broken plan, a missing privilege. It is never a finding and never a pass.
 *
 * <p>The message is what the user reads: what happened, where, and what to do next. It holds no secret.
 */
public final class CouldNotRunException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened, where, and what to do next
     */
    public CouldNotRunException(String message) {
        super(message);
    }

    /**
     * @param message what happened, where, and what to do next
     * @param cause kept for {@code mvn -e}
     */
    public CouldNotRunException(String message, Throwable cause) {
        super(message, cause);
    }
}
