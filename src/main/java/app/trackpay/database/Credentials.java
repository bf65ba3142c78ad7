package app.trackpay.database;

/**
 * Who logs in, and with what.
 *
 * @param user the role's name
 * @param password its password
 */
public record Credentials(String user, Password password) {}
