package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.Role;
import app.trackpay.catalog.Role.Membership;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An API role that no policy binds, by itself or by what it is a member of at any distance.
 *
 * <p>BYPASSRLS and superuser are not inherited: they count where SET ROLE leads to them. The rights of an owner are inherited as well.
 */
public final class BypassRole implements Check {

    private static final String OWNS =
            " CROSS JOIN LATERAL (SELECT pg_catalog.string_agg(c.oid::pg_catalog.regclass::text, ', ') AS owns FROM"
                    + " pg_catalog.pg_class c WHERE c.relowner = r.oid AND ";

    private record Way(String role, List<String> powers, List<String> path) {}

    @Override
    public String id() {
        return "bypass-role";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        List<Relation> tables = reach.tables().toList();
        return reach.roles().stream()
                .flatMap(role -> ways(role, catalog, tables).stream().map(way -> finding(role, way, tables)));
    }

    private static List<Way> ways(String role, Catalog catalog, List<Relation> tables) {
        Map<String, Role> roles = catalog.roles().stream().collect(Collectors.toMap(Role::name, Function.identity()));
        Map<String, List<String>> settable = paths(role, roles, m -> m.set() || m.admin());
        Map<String, List<String>> usable = paths(role, roles, m -> m.set() || m.admin() || m.inherit());
        List<Way> ways = new ArrayList<>();
        usable.forEach((name, path) -> {
            List<String> powers = new ArrayList<>();
            Role there = roles.get(name);
            if (settable.containsKey(name) && there != null && there.superuser()) {
                powers.add("is a superuser");
            }
            if (settable.containsKey(name) && there != null && there.bypassRls()) {
                powers.add("has BYPASSRLS");
            }
            List<String> owned = tables.stream()
                    .filter(t -> t.owner().equals(name))
                    .map(Relation::name)
                    .map(QualifiedName::toString)
                    .toList();
            if (!owned.isEmpty()) {
                powers.add("owns " + String.join(", ", owned));
            }
            if (!powers.isEmpty()) {
                ways.add(new Way(name, powers, path));
            }
        });
        return ways;
    }

    /** Every role that links of a kind lead to, with the memberships on the way; the role itself has none. */
    private static Map<String, List<String>> paths(String role, Map<String, Role> roles, Predicate<Membership> link) {
        Map<String, List<String>> paths = new TreeMap<>();
        walk(role, List.of(), roles, link, paths, new HashSet<>());
        return paths;
    }

    private static void walk(
            String role,
            List<String> path,
            Map<String, Role> roles,
            Predicate<Membership> link,
            Map<String, List<String>> paths,
            Set<String> seen) {
        if (!seen.add(role)) {
            return;
        }
        paths.put(role, path);
        Role there = roles.get(role);
        if (there != null) {
            there.memberships().stream()
                    .filter(link)
                    .map(Membership::role)
                    .forEach(next -> walk(
                            next, Stream.concat(path.stream(), Stream.of(next)).toList(), roles, link, paths, seen));
        }
    }

    private Finding finding(String role, Way way, List<Relation> tables) {
        boolean itself = way.path().isEmpty();
        String powers = String.join(" and ", way.powers());
        return new Finding(
                        id(),
                        Severity.ERROR,
                        "role " + role + (itself ? "" : " as a member of " + way.role()),
                        (itself
                                        ? role + " " + powers
                                        : role + " is a member of " + String.join(", which is a member of ", way.path())
                                                + ", which " + powers)
                                + ": no policy binds such a role, so a request of the API can read and change every row",
                        itself ? "take it away from the role" : "end the membership")
                .repairedBy(
                        itself
                                ? own(role, way, tables)
                                : "REVOKE " + Identifier.quote(way.path().get(0)) + " FROM " + Identifier.quote(role)
                                        + ";")
                .shownBy(
                        itself
                                ? "SELECT r.rolname, r.rolsuper, r.rolbypassrls, o.owns FROM pg_catalog.pg_roles r"
                                        + OWNS
                                        + owned(tables) + ") o WHERE r.rolname = " + Sql.literal(role)
                                        + " AND (r.rolsuper OR r.rolbypassrls OR o.owns IS NOT NULL);"
                                : "SELECT " + Sql.literal(role)
                                        + " AS member, r.rolname AS member_of, r.rolsuper, r.rolbypassrls, o.owns FROM"
                                        + " pg_catalog.pg_roles r" + OWNS + owned(tables) + ") o WHERE r.rolname = "
                                        + Sql.literal(way.role()) + " AND pg_catalog.pg_has_role(" + Sql.literal(role)
                                        + ", r.oid, 'MEMBER');");
    }

    /** The tables among which a query looks for those that a role owns. */
    private static String owned(List<Relation> tables) {
        return tables.isEmpty()
                ? "false"
                : tables.stream().map(t -> Sql.regclass(t.name())).collect(Collectors.joining(", ", "c.oid IN (", ")"));
    }

    private static String own(String role, Way way, List<Relation> tables) {
        Stream<String> attributes = way.powers().stream().flatMap(power -> switch (power) {
            case "is a superuser" -> Stream.of("ALTER ROLE " + Identifier.quote(role) + " NOSUPERUSER;");
            case "has BYPASSRLS" -> Stream.of("ALTER ROLE " + Identifier.quote(role) + " NOBYPASSRLS;");
            default -> Stream.empty();
        });
        Stream<String> owned = tables.stream()
                .filter(t -> t.owner().equals(role))
                .map(t -> "ALTER TABLE " + t.name().sql() + " OWNER TO postgres;");
        return Stream.concat(attributes, owned).collect(Collectors.joining(" "));
    }
}
