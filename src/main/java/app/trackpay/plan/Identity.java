package app.trackpay.plan;

import app.trackpay.catalog.ColumnName;
import java.util.List;
import java.util.Optional;

/**
 * Which columns hold which kind of user id.
 *
 * @param auth ids of the authentication service ({@code auth.users.id})
 * @param internal ids of the application's own user table
 * @param helper the function that answers the caller's internal id
 */
public record Identity(List<ColumnName> auth, List<ColumnName> internal, Optional<ProvidedFunction> helper) {

    /** Nothing declared. */
    public static final Identity UNKNOWN = new Identity(List.of(), List.of(), Optional.empty());
}
