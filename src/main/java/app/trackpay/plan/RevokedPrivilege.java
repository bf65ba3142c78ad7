package app.trackpay.plan;

import app.trackpay.catalog.QualifiedName;

/**
 * A privilege that a role must not have, directly or through another role.
 *
 * @param privilege in upper case, e.g. {@code DELETE}
 */
public record RevokedPrivilege(String privilege, QualifiedName on, String from) {}
