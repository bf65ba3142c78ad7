package app.trackpay.catalog;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who may do what, as the server would decide it: by a grant to the role, to everybody, to a role whose privileges it inherits, or because it
 * owns the object or is a superuser. What a role could reach by SET ROLE is not counted.
 */
public final class Privileges {

    private static final Set<String> READ = Set.of("SELECT");
    private static final Set<String> WRITE = Set.of("INSERT", "UPDATE", "DELETE");

    private final Map<String, Role> roles;
    private final Map<QualifiedName, Relation> relations;
    private final Map<QualifiedName, Sequence> sequences;
    private final Map<String, Schema> schemas;
    private final Map<String, Set<String>> inherited = new HashMap<>();

    /** The privileges of a catalog. */
    public Privileges(Catalog catalog) {
        roles = byName(catalog.roles(), Role::name);
        relations = byName(catalog.relations(), Relation::name);
        sequences = byName(catalog.sequences(), Sequence::name);
        schemas = byName(catalog.schemas(), Schema::name);
    }

    private static <N, T> Map<N, T> byName(Collection<T> things, Function<T, N> name) {
        return things.stream().collect(Collectors.toMap(name, Function.identity(), (one, same) -> one));
    }

    /** Whether a role holds a privilege on a whole table or view; false where there is none of that name. */
    public boolean onRelation(String role, QualifiedName relation, String privilege) {
        Relation there = relations.get(relation);
        return there != null && (holds(role, there.owner(), there.grants(), privilege) || predefined(role, privilege));
    }

    /** Whether a role holds a privilege on a column, by a grant on it or on the whole table. */
    public boolean onColumn(String role, ColumnName column, String privilege) {
        Relation there = relations.get(column.table());
        return there != null
                && there.column(column.column())
                        .map(c -> granted(role, c.grants(), privilege) || onRelation(role, column.table(), privilege))
                        .orElse(false);
    }

    /** Whether a role holds a privilege on the table or on at least one of its columns. */
    public boolean onAnyColumn(String role, QualifiedName relation, String privilege) {
        Relation there = relations.get(relation);
        return there != null
                && (onRelation(role, relation, privilege)
                        || there.columns().stream().anyMatch(c -> granted(role, c.grants(), privilege)));
    }

    /** Whether a role holds a privilege on a schema, {@code USAGE} or {@code CREATE}. */
    public boolean onSchema(String role, String schema, String privilege) {
        Schema there = schemas.get(schema);
        return there != null
                && (holds(role, there.owner(), there.grants(), privilege)
                        || privilege.equals("USAGE")
                                && (inherits(role, "pg_read_all_data") || inherits(role, "pg_write_all_data")));
    }

    /** Whether a role holds a privilege on a sequence. */
    public boolean onSequence(String role, QualifiedName sequence, String privilege) {
        Sequence there = sequences.get(sequence);
        return there != null && (holds(role, there.owner(), there.grants(), privilege) || predefined(role, privilege));
    }

    /** Whether a role holds a privilege on a routine. */
    public boolean onRoutine(String role, Routine routine, String privilege) {
        return holds(role, routine.owner(), routine.grants(), privilege);
    }

    /** Whether a role is another, or has its privileges by membership that inherits, at any distance. */
    public boolean inherits(String role, String other) {
        return inheritedBy(role).contains(other);
    }

    private boolean holds(String role, String owner, List<Grant> grants, String privilege) {
        return superuser(role)
                || granted(role, grants, privilege)
                // MAINTAIN of an owner goes without saying in a catalog
                || privilege.equals("MAINTAIN") && inherits(role, owner);
    }

    private boolean granted(String role, List<Grant> grants, String privilege) {
        return superuser(role)
                || grants.stream()
                        .filter(grant -> grant.privilege().equals(privilege))
                        .anyMatch(grant -> grant.grantee().equals(Grant.PUBLIC) || inherits(role, grant.grantee()));
    }

    private boolean predefined(String role, String privilege) {
        return READ.contains(privilege) && inherits(role, "pg_read_all_data")
                || WRITE.contains(privilege) && inherits(role, "pg_write_all_data")
                || privilege.equals("MAINTAIN") && inherits(role, "pg_maintain");
    }

    private boolean superuser(String role) {
        Role there = roles.get(role);
        return there != null && there.superuser();
    }

    private Set<String> inheritedBy(String role) {
        return inherited.computeIfAbsent(role, this::closure);
    }

    private Set<String> closure(String role) {
        Set<String> found = new HashSet<>(Set.of(role));
        Deque<String> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            Role next = roles.get(open.pop());
            if (next != null) {
                next.memberships().stream()
                        .filter(Role.Membership::inherit)
                        .map(Role.Membership::role)
                        .filter(found::add)
                        .forEach(open::push);
            }
        }
        return found;
    }
}
