package app.trackpay.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A row level security policy.
 *
 * @param roles sorted; {@link Grant#PUBLIC} for everybody
 * @param using the USING expression as the server deparses it with an empty search_path
 * @param withCheck the WITH CHECK expression, likewise
 */
public record Policy(
        QualifiedName table,
        String name,
        Command command,
        boolean permissive,
        List<String> roles,
        Optional<String> using,
        Optional<String> withCheck) {

    /** The commands a policy is for. */
    public enum Command {
        ALL,
        SELECT,
        INSERT,
        UPDATE,
        DELETE
    }
}
