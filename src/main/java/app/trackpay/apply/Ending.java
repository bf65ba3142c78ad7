package app.trackpay.apply;

/** What becomes of steps that ran when a later one fails. */
enum Ending {
    /** Each was committed by itself and stays. */
    EACH,
    /** All of them are rolled back. */
    ALL_OR_NOTHING,
    /** They are rolled back anyway. */
    DRY_RUN;

    static Ending of(Gate gate) {
        return gate.isDryRun() ? DRY_RUN : ALL_OR_NOTHING;
    }
}
