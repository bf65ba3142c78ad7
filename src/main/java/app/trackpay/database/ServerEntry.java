package app.trackpay.database;

import java.util.Optional;

/**
 * A {@code <server>} of settings.xml, decrypted.
 *
 * @param id its id, as {@code trackpay.serverId} names it
 */
public record ServerEntry(String id, Optional<String> user, Optional<Password> password) {}
