package app.trackpay.database;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Constraint;
import app.trackpay.catalog.DefaultPrivilege;
import app.trackpay.catalog.DeleteRule;
import app.trackpay.catalog.Extension;
import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Index;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Publication;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.RewriteRule;
import app.trackpay.catalog.Role;
import app.trackpay.catalog.Routine;
import app.trackpay.catalog.Schema;
import app.trackpay.catalog.Sequence;
import app.trackpay.catalog.Server;
import app.trackpay.catalog.Trigger;
import app.trackpay.catalog.UserType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Turns the rows of the {@link CatalogQuery queries} into one catalog. */
final class CatalogAssembly {

    private final List<Server> server = new ArrayList<>(1);
    private final List<Extension> extensions = new ArrayList<>();
    private final List<Schema> schemas = new ArrayList<>();
    private final List<Relation> relations = new ArrayList<>();
    private final Map<QualifiedName, List<Column>> columns = new HashMap<>();
    private final ColumnNumbers numbers = new ColumnNumbers();
    private final List<Constraint> constraints = new ArrayList<>();
    private final List<Index> indexes = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();
    private final List<Routine> routines = new ArrayList<>();
    private final List<Trigger> triggers = new ArrayList<>();
    private final List<RewriteRule> rules = new ArrayList<>();
    private final List<Sequence> sequences = new ArrayList<>();
    private final List<UserType> types = new ArrayList<>();
    private final List<Publication> publications = new ArrayList<>();
    private final Map<String, List<String>> publishedSchemas = new HashMap<>();
    private final Map<String, List<Publication.PublishedTable>> publishedTables = new HashMap<>();
    private final List<DefaultPrivilege> defaultPrivileges = new ArrayList<>();
    private final List<Role> roles = new ArrayList<>();
    private final Map<String, List<Role.Membership>> memberships = new HashMap<>();
    private final ExpressionAssembly expressions = new ExpressionAssembly();
    private final CatalogRow.Known known = new CatalogRow.Known();
    private boolean expressionsRead;

    /** Takes the answer to a query. */
    void take(CatalogQuery query, Message.Result result) {
        expressionsRead |= query == CatalogQuery.EXPRESSIONS;
        CatalogRow row = new CatalogRow(result, known);
        while (row.next()) {
            take(query, row);
        }
    }

    private void take(CatalogQuery query, CatalogRow row) {
        switch (query) {
            case SCOPE -> {
                // what it decided is kept by the server
            }
            case SERVER -> server.add(server(row));
            case EXTENSIONS -> extensions.add(new Extension(row.text("name"), row.text("version"), row.text("schema")));
            case SCHEMAS -> schemas.add(new Schema(row.text("name"), row.text("owner"), row.grants(row.text("owner"))));
            case RELATIONS -> relations.add(relation(row));
            case COLUMNS -> {
                QualifiedName relation = row.name("schema", "relation");
                columns.computeIfAbsent(relation, name -> new ArrayList<>()).add(column(row));
                numbers.add(relation, row.integer("number"), row.text("name"), row.optional("quoted"));
            }
            case CONSTRAINTS -> constraints.add(constraint(row));
            case INDEXES -> indexes.add(index(row));
            case POLICIES -> policies.add(policy(row));
            case ROUTINES -> routines.add(routine(row));
            case TRIGGERS -> triggers.add(trigger(row));
            case RULES ->
                rules.add(new RewriteRule(
                        row.name("schema", "relation"), row.text("name"), enabled(row), row.text("definition")));
            case SEQUENCES -> sequences.add(sequence(row));
            case TYPES -> types.add(type(row));
            case PUBLICATIONS -> publications.add(publication(row));
            case PUBLISHED_SCHEMAS ->
                publishedSchemas
                        .computeIfAbsent(row.text("publication"), name -> new ArrayList<>())
                        .add(row.text("schema"));
            case PUBLISHED_TABLES ->
                publishedTables
                        .computeIfAbsent(row.text("publication"), name -> new ArrayList<>())
                        .add(new Publication.PublishedTable(
                                row.name("schema", "relation"), row.list("columns"), row.optional("filter")));
            case DEFAULT_PRIVILEGES -> defaultPrivileges.add(defaultPrivilege(row));
            case ROLES -> roles.add(role(row));
            case MEMBERSHIPS ->
                memberships
                        .computeIfAbsent(row.text("member"), name -> new ArrayList<>())
                        .add(new Role.Membership(
                                row.text("role"), row.flag("admin"), row.flag("inherit"), row.flag("set")));
            case EXPRESSIONS -> expressions.take(row);
        }
    }

    Catalog catalog() {
        return new Catalog(
                server.get(0),
                List.copyOf(extensions),
                List.copyOf(schemas),
                relations.stream().map(this::withColumns).toList(),
                List.copyOf(constraints),
                List.copyOf(indexes),
                List.copyOf(policies),
                List.copyOf(routines),
                List.copyOf(triggers),
                List.copyOf(rules),
                List.copyOf(sequences),
                List.copyOf(types),
                publications.stream().map(this::withTables).toList(),
                List.copyOf(defaultPrivileges),
                roles.stream().map(this::withMemberships).toList(),
                expressionsRead ? Optional.of(expressions.expressions()) : Optional.empty());
    }

    private static Server server(CatalogRow row) {
        return new Server(
                row.integer("version_number"),
                row.text("version"),
                row.text("database"),
                row.text("user"),
                row.flag("in_recovery"));
    }

    private static Relation relation(CatalogRow row) {
        String owner = row.text("owner");
        return new Relation(
                row.name("schema", "name"),
                switch (row.letter("kind")) {
                    case 'p' -> Relation.Kind.PARTITIONED_TABLE;
                    case 'f' -> Relation.Kind.FOREIGN_TABLE;
                    case 'v' -> Relation.Kind.VIEW;
                    case 'm' -> Relation.Kind.MATERIALIZED_VIEW;
                    default -> Relation.Kind.TABLE;
                },
                owner,
                row.flag("row_security"),
                row.flag("force_row_security"),
                switch (row.letter("persistence")) {
                    case 'u' -> "unlogged";
                    case 't' -> "temporary";
                    default -> "permanent";
                },
                row.text("replica_identity"),
                row.sorted("options"),
                row.optional("partition_key"),
                row.optionalName("parent_schema", "parent_name"),
                row.optional("partition_bound"),
                row.optional("definition"),
                List.of(),
                row.grants(owner));
    }

    private static Column column(CatalogRow row) {
        return new Column(
                row.text("name"),
                row.text("type"),
                row.flag("not_null"),
                row.optional("default_expression"),
                row.optional("identity"),
                row.optional("generated"),
                row.optional("collation"),
                row.grants());
    }

    private Relation withColumns(Relation r) {
        return new Relation(
                r.name(),
                r.kind(),
                r.owner(),
                r.rowSecurity(),
                r.forceRowSecurity(),
                r.persistence(),
                r.replicaIdentity(),
                r.options(),
                r.partitionKey(),
                r.partitionOf(),
                r.partitionBound(),
                r.definition(),
                List.copyOf(columns.getOrDefault(r.name(), List.of())),
                r.grants());
    }

    private Constraint constraint(CatalogRow row) {
        QualifiedName near = row.name("schema", "relation");
        Optional<QualifiedName> far = row.optionalName("reference_schema", "reference_name");
        return new Constraint(
                near,
                row.text("name"),
                switch (row.letter("type")) {
                    case 'p' -> Constraint.Type.PRIMARY_KEY;
                    case 'u' -> Constraint.Type.UNIQUE;
                    case 'f' -> Constraint.Type.FOREIGN_KEY;
                    case 'x' -> Constraint.Type.EXCLUSION;
                    case 'n' -> Constraint.Type.NOT_NULL;
                    case 't' -> Constraint.Type.TRIGGER;
                    default -> Constraint.Type.CHECK;
                },
                numbers.names(near, row.list("columns")),
                far.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Constraint.Reference(
                                far.get(),
                                numbers.names(far.get(), row.list("reference_columns")),
                                rule(row.letter("on_delete")),
                                rule(row.letter("on_update")),
                                numbers.names(near, row.list("set_columns")))),
                row.flag("deferrable"),
                row.flag("initially_deferred"),
                row.flag("validated"),
                definition(row, near, far));
    }

    /** As the server would write it, where it left that to us. */
    private String definition(CatalogRow row, QualifiedName near, Optional<QualifiedName> far) {
        Optional<String> given = row.optional("definition");
        if (given.isPresent()) {
            return given.get();
        }
        String columns = numbers.sql(near, row.list("columns"));
        return far.isEmpty()
                ? "PRIMARY KEY " + columns
                : "FOREIGN KEY " + columns + row.text("reference_definition")
                        + numbers.sql(far.get(), row.list("reference_columns"))
                        + action(" ON UPDATE ", row.letter("on_update"))
                        + action(" ON DELETE ", row.letter("on_delete"));
    }

    private static String action(String when, char code) {
        DeleteRule rule = rule(code);
        return rule == DeleteRule.NO_ACTION ? "" : when + rule.sql();
    }

    private static DeleteRule rule(char code) {
        return switch (code) {
            case 'r' -> DeleteRule.RESTRICT;
            case 'c' -> DeleteRule.CASCADE;
            case 'n' -> DeleteRule.SET_NULL;
            case 'd' -> DeleteRule.SET_DEFAULT;
            default -> DeleteRule.NO_ACTION;
        };
    }

    private Index index(CatalogRow row) {
        QualifiedName table = row.name("schema", "relation");
        List<String> keys = row.list("keys");
        Optional<String> definition = row.optional("definition");
        return new Index(
                row.name("schema", "name"),
                table,
                numbers.names(table, keys.subList(0, row.integer("key_count")), row.list("expressions")),
                row.flag("is_unique"),
                row.flag("is_primary"),
                row.flag("valid"),
                row.flag("building"),
                row.optional("predicate"),
                row.optional("constraint_name"),
                row.optionalName("parent_schema", "parent_name"),
                definition.isPresent()
                        ? definition.get()
                        : row.text("definition_without_columns") + numbers.sql(table, keys));
    }

    private static Policy policy(CatalogRow row) {
        return new Policy(
                row.name("schema", "relation"),
                row.text("name"),
                switch (row.letter("command")) {
                    case 'r' -> Policy.Command.SELECT;
                    case 'a' -> Policy.Command.INSERT;
                    case 'w' -> Policy.Command.UPDATE;
                    case 'd' -> Policy.Command.DELETE;
                    default -> Policy.Command.ALL;
                },
                row.flag("permissive"),
                row.sorted("roles"),
                row.optional("using_expression"),
                row.optional("check_expression"));
    }

    private static Routine routine(CatalogRow row) {
        String owner = row.text("owner");
        return new Routine(
                row.name("schema", "name"),
                row.text("kind"),
                row.list("argument_types"),
                row.text("arguments"),
                row.text("result"),
                row.text("language"),
                row.text("volatility"),
                row.flag("security_definer"),
                row.flag("leakproof"),
                row.flag("strict"),
                row.text("parallel"),
                row.sorted("settings"),
                row.text("body"),
                owner,
                row.grants(owner));
    }

    private static Trigger trigger(CatalogRow row) {
        return new Trigger(
                row.name("schema", "relation"),
                row.text("name"),
                enabled(row),
                row.name("function_schema", "function_name"),
                row.text("definition"));
    }

    private static Trigger.Enabled enabled(CatalogRow row) {
        return switch (row.letter("enabled")) {
            case 'A' -> Trigger.Enabled.ALWAYS;
            case 'R' -> Trigger.Enabled.REPLICA;
            case 'D' -> Trigger.Enabled.DISABLED;
            default -> Trigger.Enabled.ORIGIN;
        };
    }

    private static Sequence sequence(CatalogRow row) {
        String owner = row.text("owner");
        Optional<QualifiedName> table = row.optionalName("table_schema", "table_name");
        return new Sequence(
                row.name("schema", "name"),
                row.text("type"),
                row.bigint("start_value"),
                row.bigint("increment"),
                row.bigint("minimum"),
                row.bigint("maximum"),
                row.bigint("cache"),
                row.flag("cycles"),
                table.isEmpty() ? Optional.empty() : Optional.of(new ColumnName(table.get(), row.text("column_name"))),
                owner,
                row.grants(owner));
    }

    private static UserType type(CatalogRow row) {
        String owner = row.text("owner");
        return new UserType(
                row.name("schema", "name"), row.text("kind"), row.list("members"), owner, row.grants(owner));
    }

    private static Publication publication(CatalogRow row) {
        Set<String> operations = new TreeSet<>();
        for (String operation : List.of("insert", "update", "delete", "truncate")) {
            if (row.flag("passes_" + operation)) {
                operations.add(operation);
            }
        }
        return new Publication(
                row.text("name"),
                row.text("owner"),
                row.flag("all_tables"),
                Collections.unmodifiableSet(operations),
                row.flag("via_root"),
                List.of(),
                List.of());
    }

    private Publication withTables(Publication p) {
        return new Publication(
                p.name(),
                p.owner(),
                p.allTables(),
                p.operations(),
                p.viaRoot(),
                List.copyOf(publishedSchemas.getOrDefault(p.name(), List.of())),
                List.copyOf(publishedTables.getOrDefault(p.name(), List.of())));
    }

    private static DefaultPrivilege defaultPrivilege(CatalogRow row) {
        String role = row.text("role");
        List<Grant> grants = row.grants(role);
        return new DefaultPrivilege(role, row.optional("schema"), row.text("objects"), grants);
    }

    private static Role role(CatalogRow row) {
        return new Role(
                row.text("name"),
                row.flag("superuser"),
                row.flag("inherit"),
                row.flag("create_role"),
                row.flag("create_database"),
                row.flag("login"),
                row.flag("replication"),
                row.flag("bypass_rls"),
                row.integer("connection_limit"),
                row.optional("valid_until"),
                List.of(),
                row.list("settings"));
    }

    private Role withMemberships(Role r) {
        return new Role(
                r.name(),
                r.superuser(),
                r.inherit(),
                r.createRole(),
                r.createDatabase(),
                r.login(),
                r.replication(),
                r.bypassRls(),
                r.connectionLimit(),
                r.validUntil(),
                List.copyOf(memberships.getOrDefault(r.name(), List.of())),
                r.settings());
    }
}
