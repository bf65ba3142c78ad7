package app.trackpay.catalog;

import java.util.List;

/**
 * An enum, domain, composite or range type.
 *
 * @param kind {@code enum}, {@code domain}, {@code composite} or {@code range}
 * @param members in order: an enum's labels, a composite's {@code name type}, a domain's base type, NOT NULL and default
 */
public record UserType(QualifiedName name, String kind, List<String> members, String owner, List<Grant> grants) {}
