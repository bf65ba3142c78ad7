package app.trackpay.manifest;

import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Identifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The privileges on one object, an attribute for each role that has any. Who granted them does not count; an owner who has them all goes
 * without saying.
 */
final class Privileges {

    static final String ATTRIBUTE = "privileges of ";

    /** What an owner took from itself. */
    static final String REVOKED = "revoked from owner";

    private static final String GRANTABLE = " with grant option";

    private final SortedMap<String, String> byGrantee = new TreeMap<>();

    private Privileges() {}

    /** What an owner has of an object nobody granted anything on. */
    enum Whole {
        TABLE("DELETE", "INSERT", "REFERENCES", "SELECT", "TRIGGER", "TRUNCATE", "UPDATE"),
        SEQUENCE("SELECT", "UPDATE", "USAGE"),
        FUNCTION("EXECUTE"),
        SCHEMA("CREATE", "USAGE"),
        TYPE("USAGE");

        private final Set<String> privileges;

        Whole(String... privileges) {
            this.privileges = Set.of(privileges);
        }
    }

    static Privileges of(List<Grant> grants, String owner, Whole whole) {
        Privileges privileges = of(grants);
        Set<String> held = grants.stream()
                .filter(grant -> grant.grantee().equals(owner))
                .map(Grant::privilege)
                .collect(Collectors.toSet());
        privileges.byGrantee.remove(attribute(owner, ""));
        Set<String> lacking = new TreeSet<>(whole.privileges);
        lacking.removeAll(held);
        if (!lacking.isEmpty()) {
            privileges.byGrantee.put(REVOKED, String.join(", ", lacking));
        }
        return privileges;
    }

    /** On what has no owner of its own. */
    static Privileges of(List<Grant> grants) {
        return of(grants, "");
    }

    /** On a column of a view: said with the view. */
    static Privileges ofColumn(List<Grant> grants, String column) {
        return of(grants, " on " + Identifier.quote(column));
    }

    private static Privileges of(List<Grant> grants, String where) {
        Privileges privileges = new Privileges();
        grants.stream()
                .collect(Collectors.groupingBy(Grant::grantee))
                .forEach((grantee, held) -> privileges.byGrantee.put(attribute(grantee, where), text(held)));
        return privileges;
    }

    private static String attribute(String grantee, String where) {
        return ATTRIBUTE + (grantee.equals(Grant.PUBLIC) ? Grant.PUBLIC : Identifier.quote(grantee)) + where;
    }

    private static String text(Collection<Grant> grants) {
        Map<String, Boolean> privileges = new TreeMap<>();
        grants.forEach(grant -> privileges.merge(grant.privilege(), grant.grantable(), Boolean::logicalOr));
        return privileges.entrySet().stream()
                .map(held -> held.getKey() + (held.getValue() ? GRANTABLE : ""))
                .collect(Collectors.joining(", "));
    }

    SortedMap<String, String> byGrantee() {
        return byGrantee;
    }

    /** The privileges of an attribute's text, in order. */
    static Set<String> held(String text) {
        return text.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(text.split(", ")));
    }

    static boolean isGrantable(String privilege) {
        return privilege.endsWith(GRANTABLE);
    }

    /** The privilege without its option. */
    static String bare(String privilege) {
        return isGrantable(privilege) ? privilege.substring(0, privilege.length() - GRANTABLE.length()) : privilege;
    }
}
