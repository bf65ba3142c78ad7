package app.trackpay.catalog;

/**
 * One privilege of one role on one object, default privileges of the object's owner included.
 *
 * @param grantee the role, or {@link #PUBLIC}
 * @param privilege as {@code aclexplode} spells it: {@code SELECT}, {@code INSERT}, {@code EXECUTE} ...
 * @param grantable granted WITH GRANT OPTION
 * @param grantor the role that granted it
 */
public record Grant(String grantee, String privilege, boolean grantable, String grantor) {

    /** Everybody. */
    public static final String PUBLIC = "PUBLIC";
}
