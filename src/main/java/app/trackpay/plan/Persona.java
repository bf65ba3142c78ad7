package app.trackpay.plan;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody the database is shown to.
 *
 * @param role the database role of the request, e.g. {@code authenticated}
 * @param subject the JWT's {@code sub}; empty for a visitor
 * @param claims further JWT claims
 */
public record Persona(String name, String role, Optional<UUID> subject, Map<String, Object> claims) {}
