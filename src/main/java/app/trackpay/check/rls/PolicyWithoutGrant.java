package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Role;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A policy opens rows to a role that may not touch the table: privileges are asked before policies.
 *
 * <p>UPDATE and DELETE need SELECT as well, because the rows to change are found by a condition. A policy for ALL asks for one usable command,
 * not for each of them. A policy for PUBLIC is in order when one of the API roles can use it: the other may be shut out on purpose. Sequences
 * that defaults draw from must be granted as well.
 */
public final class PolicyWithoutGrant implements Check {

    private record Holder(QualifiedName table, String role) {}

    @Override
    public String id() {
        return "policy-without-grant";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Privileges privileges = new Privileges(catalog);
        Map<Holder, List<Policy>> locked = new LinkedHashMap<>();
        Map<String, List<String>> schemas = new LinkedHashMap<>();
        List<Policy> permissive = catalog.policies().stream()
                .filter(p -> p.permissive() && (plan.scope().covers(p.table()) || plan.provides(p.table())))
                .toList();
        permissive.forEach(p -> roles(p, catalog, privileges).forEach(role -> {
            if (!lacking(p, role, privileges).isEmpty()) {
                locked.computeIfAbsent(new Holder(p.table(), role), any -> new ArrayList<>())
                        .add(p);
            }
            if (!privileges.onSchema(role, p.table().schema(), "USAGE")) {
                schemas.computeIfAbsent(role, any -> new ArrayList<>())
                        .add(p.table().schema());
            }
        }));
        return Stream.of(
                        schemas.entrySet().stream()
                                .flatMap(e ->
                                        e.getValue().stream().distinct().map(schema -> schema(schema, e.getKey()))),
                        locked.entrySet().stream().map(e -> table(e.getKey(), e.getValue(), plan, privileges)),
                        new UndrawnNumbers(id(), plan, catalog, privileges).findings(permissive))
                .flatMap(findings -> findings);
    }

    /** For a policy of PUBLIC the one API role to speak of, and only when none of them can use it. */
    private static List<String> roles(Policy policy, Catalog catalog, Privileges privileges) {
        List<String> existing = catalog.roles().stream().map(Role::name).toList();
        if (!policy.roles().contains(Grant.PUBLIC)) {
            return policy.roles().stream().filter(existing::contains).toList();
        }
        List<String> api = Asked.API_ROLES.stream().filter(existing::contains).toList();
        boolean usable = api.stream()
                .anyMatch(role -> lacking(policy, role, privileges).isEmpty()
                        && privileges.onSchema(role, policy.table().schema(), "USAGE"));
        return usable ? List.of() : api.stream().limit(1).toList();
    }

    private static List<String> lacking(Policy policy, String role, Privileges privileges) {
        if (policy.command() != Command.ALL) {
            return lacking(policy.command(), policy.table(), role, privileges);
        }
        List<List<String>> each = Arrays.stream(Command.values())
                .filter(c -> c != Command.ALL)
                .map(c -> lacking(c, policy.table(), role, privileges))
                .toList();
        return each.stream().anyMatch(List::isEmpty)
                ? List.of()
                : each.stream().flatMap(List::stream).distinct().toList();
    }

    private static List<String> lacking(Command command, QualifiedName table, String role, Privileges privileges) {
        List<String> needed = switch (command) {
            case SELECT -> List.of("SELECT");
            case INSERT -> List.of("INSERT");
            case UPDATE -> List.of("SELECT", "UPDATE");
            case DELETE -> List.of("SELECT", "DELETE");
            case ALL -> throw new IllegalArgumentException("ALL is judged command by command");
        };
        return needed.stream()
                .filter(privilege -> !privileges.onAnyColumn(role, table, privilege))
                .toList();
    }

    private Finding schema(String schema, String role) {
        return new Finding(
                        id(),
                        Severity.ERROR,
                        "schema " + schema + " for " + role,
                        role + " has policies on tables of this schema but no USAGE on it: every query ends in 42501,"
                                + " permission denied for schema " + schema,
                        "grant it")
                .repairedBy("GRANT USAGE ON SCHEMA " + Identifier.quote(schema) + " TO " + Identifier.quote(role) + ";")
                .shownBy("SELECT " + Sql.literal(role) + " AS role, " + Sql.literal(schema)
                        + " AS on_schema, pg_catalog.has_schema_privilege(" + Sql.literal(role) + ", "
                        + Sql.literal(schema) + ", 'USAGE') AS may_use;");
    }

    private Finding table(Holder holder, List<Policy> policies, Plan plan, Privileges privileges) {
        List<String> lacking = policies.stream()
                .flatMap(p -> lacking(p, holder.role(), privileges).stream())
                .distinct()
                .sorted()
                .toList();
        String names = policies.stream().map(Policy::name).collect(Collectors.joining(", "));
        Optional<Step> origin =
                policies.stream().flatMap(p -> Asked.step(plan, p).stream()).findFirst();
        Finding finding = new Finding(
                        id(),
                        Severity.ERROR,
                        "table " + holder.table() + " for " + holder.role(),
                        holder.role() + " lacks " + String.join(", ", lacking) + " on the table, which its policies "
                                + names
                                + " are for: the server refuses before it looks at a policy, 42501 for every user (tables made"
                                + " on newer Supabase projects are granted to nobody)",
                        "grant the privileges in the step that makes the policies"
                                + origin.map(s -> ", " + s.id() + " (" + s.name() + ")")
                                        .orElse("")
                                + (lacking.contains("UPDATE")
                                        ? "; name the columns of UPDATE where a user must not change them all"
                                        : ""))
                .repairedBy("GRANT " + String.join(", ", lacking) + " ON "
                        + holder.table().sql() + " TO " + Identifier.quote(holder.role()) + ";")
                .shownBy("SELECT role, on_table, privilege, held FROM (VALUES "
                        + lacking.stream().map(p -> held(holder, p)).collect(Collectors.joining(", "))
                        + ") AS needed (role, on_table, privilege, held);");
        return origin.map(finding::from).orElse(finding);
    }

    /** DELETE is the one that no grant on columns can give. */
    private static String held(Holder holder, String privilege) {
        String asked =
                Sql.literal(holder.role()) + ", " + Sql.literal(holder.table().sql()) + ", ";
        return "(" + asked + Sql.literal(privilege) + ", pg_catalog."
                + (privilege.equals("DELETE") ? "has_table_privilege(" : "has_any_column_privilege(") + asked
                + Sql.literal(privilege) + "))";
    }
}
