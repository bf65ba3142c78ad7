package app.trackpay.check.identity;

/**
 * Where a user id comes from.
 *
 * @param kind of which of the two kinds it is
 * @param holder the column or call that holds it, for people
 * @param why the way from there to the ids it holds, for people: {@code provider_id → trackpay_users.id (foreign key)}
 * @param caller whether it is the id of whoever asks, not one that is stored
 */
public record Origin(Kind kind, String holder, String why, boolean caller) {

    /** The two kinds of user id. */
    public enum Kind {
        /** Of the authentication service. */
        AUTH,
        /** Of the application's own table of users. */
        INTERNAL
    }
}
