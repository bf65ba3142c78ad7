package app.trackpay.catalog;

import java.util.List;
import java.util.Optional;

/**
 * Everything a check may look at, read in one snapshot: every list is sorted by name and free of OIDs, so that two equal databases give
 * equal catalogs. Objects that belong to an extension, and the system's own schemas, are left out.
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
        List<Role> roles) {

    public Optional<Relation> relation(QualifiedName name) {
        return relations.stream().filter(r -> r.name().equals(name)).findFirst();
    }

    public Optional<Extension> extension(String name) {
        return extensions.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    public Optional<Publication> publication(String name) {
        return publications.stream().filter(p -> p.name().equals(name)).findFirst();
    }
}
