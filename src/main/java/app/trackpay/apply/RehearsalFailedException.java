package app.trackpay.apply;

/** A plan that a throw-away server already refuses. */
public final class RehearsalFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient SqlFailure failure;

    RehearsalFailedException(SqlFailure failure) {
        super(failure.summary());
        this.failure = failure;
    }

    /** What the server said, and where in the file it belongs. */
    public SqlFailure failure() {
        return failure;
    }
}
