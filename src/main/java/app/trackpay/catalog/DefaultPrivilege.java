package app.trackpay.catalog;

import java.util.List;
import java.util.Optional;

/**
 * What ALTER DEFAULT PRIVILEGES hands out on objects to come.
 *
 * @param role whose new objects
 * @param schema where, empty for every schema
 * @param objects {@code tables}, {@code sequences}, {@code functions}, {@code types} or {@code schemas}
 */
public record DefaultPrivilege(String role, Optional<String> schema, String objects, List<Grant> grants) {}
