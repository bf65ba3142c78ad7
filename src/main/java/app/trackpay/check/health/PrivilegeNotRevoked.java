package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Sql;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Provides;
import app.trackpay.plan.RevokedPrivilege;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A role holds a privilege on a whole table that the plan says it must not hold, by whatever way. */
public final class PrivilegeNotRevoked implements Check {

    private record Holding(QualifiedName table, String role) {}

    @Override
    public String id() {
        return "privilege-not-revoked";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Privileges privileges = new Privileges(catalog);
        Contract contract = new Contract(plan, catalog);
        Map<Holding, List<Declared<RevokedPrivilege>>> held = contract.once(Provides::revoked).stream()
                .filter(r -> contract.hasTable(r.what().on()))
                .filter(r -> isHeld(r.what(), privileges, catalog))
                .collect(Collectors.groupingBy(
                        r -> new Holding(r.what().on(), r.what().from()), LinkedHashMap::new, Collectors.toList()));
        return held.entrySet().stream()
                .map(e -> finding(
                        e.getKey(),
                        e.getValue(),
                        catalog.relation(e.getKey().table()).orElseThrow(),
                        privileges));
    }

    private static boolean isHeld(RevokedPrivilege revoked, Privileges privileges, Catalog catalog) {
        return isPublic(revoked.from())
                ? catalog.relation(revoked.on()).stream()
                        .flatMap(t -> t.grants().stream())
                        .anyMatch(g -> isPublic(g.grantee()) && g.privilege().equals(revoked.privilege()))
                : privileges.onRelation(revoked.from(), revoked.on(), revoked.privilege());
    }

    private static boolean isPublic(String role) {
        return role.equalsIgnoreCase(Grant.PUBLIC);
    }

    private Finding finding(
            Holding holding, List<Declared<RevokedPrivilege>> held, Relation table, Privileges privileges) {
        List<String> names = held.stream().map(r -> r.what().privilege()).toList();
        List<String> ways = table.grants().stream()
                .filter(g -> names.contains(g.privilege()))
                .map(Grant::grantee)
                .filter(g -> isPublic(g) || privileges.inherits(holding.role(), g))
                .distinct()
                .toList();
        Finding finding = Missing.of(
                        id(),
                        "table " + holding.table() + " for " + holding.role(),
                        held.get(0).step(),
                        holding.role() + " may " + String.join(", ", names) + " here" + how(holding.role(), ways)
                                + ", which the plan forbids: what the step closed is open again")
                .shownBy("SELECT role, on_table, privilege,"
                        + " pg_catalog.has_table_privilege(role, on_table, privilege) AS held,"
                        + " (SELECT relacl FROM pg_catalog.pg_class WHERE oid = on_table::pg_catalog.regclass) AS granted"
                        + " FROM (VALUES "
                        + names.stream()
                                .map(privilege -> "("
                                        + Sql.literal(isPublic(holding.role()) ? "public" : holding.role())
                                        + ", " + Sql.literal(holding.table().sql()) + ", " + Sql.literal(privilege)
                                        + ")")
                                .collect(Collectors.joining(", "))
                        + ") AS forbidden (role, on_table, privilege);");
        if (ways.isEmpty()) {
            return finding;
        }
        List<String> groups = ways.stream()
                .filter(w -> !isPublic(w) && !w.equals(holding.role()))
                .toList();
        Finding repaired = finding.repairedBy(revoke(holding.table(), names, ways));
        return groups.isEmpty()
                ? repaired
                : repaired.advising(repaired.fix() + "; the SQL takes it from every member of "
                        + String.join(", ", groups) + ": where the others need it, end the membership of "
                        + holding.role() + " instead");
    }

    private static String how(String role, List<String> ways) {
        String others = ways.stream().filter(w -> !w.equals(role)).collect(Collectors.joining(", "));
        if (ways.isEmpty()) {
            return " (as a superuser, or by a predefined role it is a member of)";
        }
        return others.isEmpty() ? "" : " (by what is granted to " + others + ")";
    }

    private static String revoke(QualifiedName table, List<String> privileges, List<String> grantees) {
        return "REVOKE " + String.join(", ", privileges) + " ON " + table.sql() + " FROM "
                + grantees.stream()
                        .map(g -> isPublic(g) ? "PUBLIC" : Identifier.quote(g))
                        .collect(Collectors.joining(", "))
                + ";";
    }
}
