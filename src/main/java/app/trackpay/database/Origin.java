package app.trackpay.database;

/**
 * Where a login stands that came with a database's address, for people.
 *
 * @param user where its name is written
 * @param password where its password is written; never the password itself
 */
public record Origin(String user, String password) {

    private static final String IN_THE_URL = "the URL";

    /** Everything was in the URL. */
    static final Origin URL = new Origin(IN_THE_URL, IN_THE_URL);
}
