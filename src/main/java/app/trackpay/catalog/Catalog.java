package app.trackpay.catalog;

import app.trackpay.catalog.expression.Expressions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything a check may look at, read in one snapshot: every list is sorted by name and free of OIDs, so that two equal databases give
 * equal catalogs. Objects that belong to an extension, and the system's own schemas, are left out.
 *
 * @param read the trees of policies, views and functions, where they were read as well
 */
public record Catalog(
        Server server,
        List<Extension> extensions,
        List<Schema> schemas,
        List<Relation> relations,
        List<Constraint> constraints,
        List<Index> indexes,
        List<Policy> policies,
        List<Routine> routines,
        List<Trigger> triggers,
        List<RewriteRule> rules,
        List<Sequence> sequences,
        List<UserType> types,
        List<Publication> publications,
        List<DefaultPrivilege> defaultPrivileges,
        List<Role> roles,
        Optional<Expressions> read) {

    /**
     * The trees of policies, views and functions.
     *
     * @throws IllegalStateException when they were not read: not having looked must not pass for having found nothing
     */
    public Expressions expressions() {
        return read.orElseThrow(() -> new IllegalStateException("the expressions of this catalog were not read"));
    }

    public Catalog {
        // in this order it can be searched; it came in it, as a rule, and then nothing moves
        relations =
                relations.stream().sorted(Comparator.comparing(Relation::name)).toList();
    }

    public Optional<Relation> relation(QualifiedName name) {
        int from = 0;
        int to = relations.size() - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            Relation relation = relations.get(middle);
            int order = relation.name().compareTo(name);
            if (order == 0) {
                return Optional.of(relation);
            }
            from = order < 0 ? middle + 1 : from;
            to = order < 0 ? to : middle - 1;
        }
        return Optional.empty();
    }

    public Optional<Extension> extension(String name) {
        return extensions.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    public Optional<Publication> publication(String name) {
        return publications.stream().filter(p -> p.name().equals(name)).findFirst();
    }
}
