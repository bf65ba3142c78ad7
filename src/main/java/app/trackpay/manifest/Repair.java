package app.trackpay.manifest;

import app.trackpay.catalog.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * SQL that gives back to the server what the manifest says, where that is safe: no statement here loses rows, rewrites a table or takes other
 * objects along. A difference that can be repaired in part only gets none.
 */
final class Repair {

    private final Manifest actual;
    private final List<ObjectName> roles;

    /**
     * @param actual what the server has
     */
    Repair(Manifest actual) {
        this.actual = actual;
        this.roles = actual.entries().keySet().stream()
                .filter(object -> object.kind() == Kind.ROLE)
                .toList();
    }

    Optional<String> of(Difference difference) {
        Optional<List<String>> statements = Optional.empty();
        if (difference instanceof Difference.Missing missing) {
            statements = missing(missing);
        } else if (difference instanceof Difference.Unexpected unexpected) {
            statements = unexpected(unexpected.entry());
        } else if (difference instanceof Difference.Changed changed) {
            statements = changed(changed);
        }
        return statements.filter(list -> !list.isEmpty()).map(list -> String.join(";\n", list) + ";");
    }

    private Optional<List<String>> missing(Difference.Missing missing) {
        Entry entry = missing.entry();
        return switch (entry.object().kind()) {
            case POLICY -> Optional.of(List.of(PolicySql.create(entry)));
            case CONSTRAINT -> Optional.of(List.of(constraints().add(entry)));
            case INDEX -> Optional.of(List.of(IndexSql.create(entry)));
            case TRIGGER, RULE -> Optional.of(TriggerSql.create(entry));
            case FUNCTION -> RoutineSql.create(entry).map(sql -> withRights(sql, entry));
            case VIEW -> Optional.of(withRights(ViewSql.create(entry), entry));
            case EXTENSION ->
                Optional.of(List.of("CREATE EXTENSION " + entry.object().name() + " SCHEMA "
                        + Identifier.quote(entry.text("schema"))));
            case PUBLICATION -> Optional.of(PublicationSql.create(entry));
            case DEFAULT_PRIVILEGES -> inSchema(entry).map(e -> PrivilegeSql.from(Optional.empty(), e));
            default -> Optional.empty();
        };
    }

    private Optional<List<String>> unexpected(Entry entry) {
        ObjectName object = entry.object();
        return switch (object.kind()) {
            case POLICY -> Optional.of(List.of(PolicySql.drop(object)));
            case CONSTRAINT ->
                ConstraintSql.isKey(entry)
                        ? Optional.empty()
                        : Optional.of(List.of(constraints().drop(entry)));
            case INDEX -> Optional.of(List.of(IndexSql.drop(object)));
            case TRIGGER, RULE -> Optional.of(List.of(TriggerSql.drop(object)));
            case FUNCTION -> Optional.of(List.of(RoutineSql.drop(entry)));
            case VIEW -> Optional.of(List.of("DROP VIEW " + object.name()));
            case COLUMN ->
                // a column that has nothing but privileges of its own is a partition's, or it holds data
                entry.attribute("type").isPresent()
                        ? Optional.empty()
                        : Optional.of(PrivilegeSql.from(Optional.of(entry), new Entry(object, new TreeMap<>())));
            case DEFAULT_PRIVILEGES ->
                inSchema(entry).map(e -> PrivilegeSql.from(Optional.of(e), new Entry(object, new TreeMap<>())));
            default -> Optional.empty();
        };
    }

    private Optional<List<String>> changed(Difference.Changed changed) {
        List<Change> own = new ArrayList<>();
        List<String> rights = new ArrayList<>();
        for (Change change : changed.changes()) {
            if (change.attribute().equals("owner")) {
                rights.add(0, owner(changed.expected()));
            } else if (PrivilegeSql.isAbout(change.attribute())) {
                rights.addAll(PrivilegeSql.of(changed.expected(), change));
            } else {
                own.add(change);
            }
        }
        if (own.isEmpty()) {
            return Optional.of(rights);
        }
        return kind(changed, own).map(statements -> {
            List<String> all = new ArrayList<>(statements);
            all.addAll(rights);
            return all;
        });
    }

    private Optional<List<String>> kind(Difference.Changed changed, List<Change> own) {
        return switch (changed.object().kind()) {
            case POLICY -> Optional.of(PolicySql.alter(changed.expected(), own));
            case TABLE -> TableSql.alter(changed, own);
            case COLUMN -> TableSql.alterColumn(changed.expected(), own);
            case CONSTRAINT -> constraints().alter(changed.expected(), own);
            case INDEX -> IndexSql.alter(changed.expected(), own);
            case TRIGGER, RULE -> Optional.of(TriggerSql.alter(changed.expected(), own));
            case FUNCTION -> RoutineSql.alter(changed.expected(), own);
            case VIEW, MATERIALIZED_VIEW -> ViewSql.alter(changed, own);
            case SEQUENCE -> Optional.of(List.of(SequenceSql.alter(changed.expected(), own)));
            case TYPE -> TypeSql.alter(changed, own);
            case EXTENSION -> extension(changed.expected(), own);
            case PUBLICATION -> PublicationSql.alter(changed);
            case ROLE -> RoleSql.alter(changed.object(), own, actual.server());
            case SCHEMA, DEFAULT_PRIVILEGES -> Optional.empty();
        };
    }

    private static Optional<List<String>> extension(Entry expected, List<Change> own) {
        return own.stream().allMatch(change -> change.attribute().equals("schema"))
                ? Optional.of(List.of("ALTER EXTENSION " + expected.object().name() + " SET SCHEMA "
                        + Identifier.quote(expected.text("schema"))))
                : Optional.empty();
    }

    private ConstraintSql constraints() {
        return new ConstraintSql(actual);
    }

    /** What default privileges hand out on every new object is taken back first. */
    private List<String> withRights(String create, Entry entry) {
        List<String> statements = new ArrayList<>(List.of(create, owner(entry)));
        String on = PrivilegeSql.on(entry.object());
        statements.add("REVOKE ALL ON " + on + " FROM PUBLIC");
        roles.forEach(role -> statements.add("REVOKE ALL ON " + on + " FROM " + role.name()));
        statements.addAll(PrivilegeSql.from(Optional.empty(), entry));
        return statements;
    }

    private static String owner(Entry entry) {
        String what = switch (entry.object().kind()) {
            case FUNCTION -> "ROUTINE";
            case MATERIALIZED_VIEW -> "MATERIALIZED VIEW";
            default -> entry.object().kind().name();
        };
        return "ALTER " + what + " " + entry.object().name() + " OWNER TO " + Identifier.quote(entry.text("owner"));
    }

    /** For every schema a role's default privileges hold what the role itself gets: too much to give or take as a whole. */
    private static Optional<Entry> inSchema(Entry entry) {
        return entry.object().name().contains(" in ") ? Optional.of(entry) : Optional.empty();
    }
}
