package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.Role;
import app.trackpay.catalog.Routine;
import app.trackpay.plan.Plan;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far a request of the API gets before any policy is asked: what the plan answers for, and what the roles {@code anon} and
 * {@code authenticated} may touch there. A role that the database lacks reaches nothing.
 */
final class ApiReach {

    static final String VISITOR = "anon";
    static final String USER = "authenticated";

    private static final List<String> ROLES = List.of(VISITOR, USER);
    private static final List<String> ROWS = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

    private final Plan plan;
    private final Catalog catalog;
    private final Privileges privileges;
    private final List<String> roles;

    ApiReach(Plan plan, Catalog catalog) {
        this.plan = plan;
        this.catalog = catalog;
        this.privileges = new Privileges(catalog);
        List<String> existing = catalog.roles().stream().map(Role::name).toList();
        this.roles = ROLES.stream().filter(existing::contains).toList();
    }

    List<String> roles() {
        return roles;
    }

    Privileges privileges() {
        return privileges;
    }

    /** Whether the plan answers for a relation. */
    boolean answersFor(QualifiedName relation) {
        return plan.scope().covers(relation) || plan.provides(relation);
    }

    boolean isExposed(String schema) {
        return plan.scope().schemas().contains(schema);
    }

    /** The tables that the plan answers for. */
    Stream<Relation> tables() {
        return catalog.relations().stream().filter(Relation::isTable).filter(t -> answersFor(t.name()));
    }

    /** Whether a role may use a privilege on a relation, or on some of its columns. */
    boolean may(String role, String privilege, QualifiedName relation) {
        return privileges.onSchema(role, relation.schema(), "USAGE")
                && privileges.onAnyColumn(role, relation, privilege);
    }

    boolean mayCall(String role, Routine routine) {
        return privileges.onSchema(role, routine.name().schema(), "USAGE")
                && privileges.onRoutine(role, routine, "EXECUTE");
    }

    /** The API roles that may read a relation. */
    List<String> readers(QualifiedName relation) {
        return roles.stream().filter(role -> may(role, "SELECT", relation)).toList();
    }

    /** What an API role may do to the rows of a relation. */
    List<String> rowPrivileges(String role, QualifiedName relation) {
        return ROWS.stream().filter(privilege -> may(role, privilege, relation)).toList();
    }

    /** The API roles that may touch rows of a relation. */
    List<String> reaching(QualifiedName relation) {
        return roles.stream()
                .filter(role -> !rowPrivileges(role, relation).isEmpty())
                .toList();
    }

    Stream<Policy> policies(QualifiedName table) {
        return catalog.policies().stream().filter(p -> p.table().equals(table));
    }

    /** Whether a policy is asked when a role uses a command. */
    boolean applies(Policy policy, String role, Command command) {
        return (policy.command() == command || policy.command() == Command.ALL) && applies(policy, role);
    }

    /** Whether a policy is for a role. */
    boolean applies(Policy policy, String role) {
        return policy.roles().stream()
                .anyMatch(named -> named.equals(Grant.PUBLIC) || privileges.inherits(role, named));
    }

    /** To whom a privilege on a relation or its columns was granted, as far as these roles have it from there. */
    List<String> sources(Relation relation, String privilege, Collection<String> holders) {
        return Stream.concat(
                        relation.grants().stream(),
                        relation.columns().stream().map(Column::grants).flatMap(List::stream))
                .filter(grant -> grant.privilege().equals(privilege))
                .map(Grant::grantee)
                .filter(to ->
                        to.equals(Grant.PUBLIC) || holders.stream().anyMatch(holder -> privileges.inherits(holder, to)))
                .distinct()
                .sorted()
                .toList();
    }
}
