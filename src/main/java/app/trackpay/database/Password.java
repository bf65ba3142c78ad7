package app.trackpay.database;

/**
 * A password on its way to a server; as text it is three stars, so that it can stand in any record that is printed.
 *
 * @param value the password itself
 */
public record Password(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
