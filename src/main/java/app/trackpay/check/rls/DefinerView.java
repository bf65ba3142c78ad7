package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.Relation.Kind;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A view that the API roles may read and that looks at tables with the rights of its owner, whom their policies do not bind.
 *
 * <p>A view below another is read as the server reads it: with the rights of its own owner, or of whoever asks if it is a security_invoker one.
 */
public final class DefinerView implements Check {

    private static final int FIRST_WITH_INVOKER_VIEWS = 15;
    private static final QualifiedName LOGINS = new QualifiedName("auth", "users");

    @Override
    public String id() {
        return "definer-view";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        return catalog.relations().stream()
                .filter(v -> v.kind() == Kind.VIEW && reach.isExposed(v.name().schema()))
                .filter(v -> !reach.readers(v.name()).isEmpty())
                .flatMap(v -> {
                    Set<QualifiedName> bared = new TreeSet<>();
                    bare(v, plan, catalog, reach, new TreeSet<>(), bared);
                    return reach.answersFor(v.name())
                                    || bared.stream().anyMatch(reach::answersFor)
                                    || bared.contains(LOGINS)
                            ? finding(v, bared, catalog, reach)
                            : Stream.empty();
                });
    }

    /** Collects the tables whose policies the view goes round. */
    private static void bare(
            Relation view,
            Plan plan,
            Catalog catalog,
            ApiReach reach,
            Set<QualifiedName> seen,
            Set<QualifiedName> bared) {
        if (isInvoker(view) || !seen.add(view.name())) {
            return;
        }
        String query = view.definition().orElse("");
        List<Relation> read = new SourceText(plan, catalog)
                .reads(query, true)
                .filter(name -> !name.equals(view.name()))
                .flatMap(name -> catalog.relation(name).stream())
                .toList();
        read.stream()
                .filter(t -> t.isTable() && t.rowSecurity())
                .filter(t -> !plan.assumed().publicRead().contains(t.name()))
                .filter(t -> !isBound(view.owner(), t, catalog, reach))
                .forEach(t -> bared.add(t.name()));
        if (query.contains("auth.users") && catalog.relation(LOGINS).isEmpty()) {
            bared.add(LOGINS);
        }
        read.stream()
                .filter(v -> v.kind() == Kind.VIEW)
                .filter(v -> reach.privileges().onAnyColumn(view.owner(), v.name(), "SELECT"))
                .forEach(v -> bare(v, plan, catalog, reach, seen, bared));
    }

    private static boolean isInvoker(Relation view) {
        return view.options().stream()
                .map(option -> option.toLowerCase(Locale.ROOT))
                .anyMatch(option -> option.matches("security_invoker=(true|on|yes|1)"));
    }

    /** Whether the policies of a table bind a role, or it may not read the table at all. */
    private static boolean isBound(String role, Relation table, Catalog catalog, ApiReach reach) {
        if (!reach.privileges().onAnyColumn(role, table.name(), "SELECT")) {
            return true;
        }
        boolean exempt = catalog.roles().stream()
                .filter(r -> r.name().equals(role))
                .anyMatch(r -> r.superuser() || r.bypassRls());
        boolean owner = reach.privileges().inherits(role, table.owner());
        return !exempt && !(owner && !table.forceRowSecurity());
    }

    private Stream<Finding> finding(Relation view, Set<QualifiedName> bared, Catalog catalog, ApiReach reach) {
        if (bared.isEmpty()) {
            return Stream.empty();
        }
        List<String> readers = reach.readers(view.name());
        String tables =
                String.join(", ", bared.stream().map(QualifiedName::toString).toList());
        boolean canInvoke = catalog.server().major() >= FIRST_WITH_INVOKER_VIEWS;
        return Stream.of(new Finding(
                        id(),
                        Severity.ERROR,
                        "view " + view.name(),
                        String.join(" and ", readers) + " may read the view, and it reads " + tables + " as its owner "
                                + view.owner() + ", whom no policy there binds: every row is open, whoever asks",
                        canInvoke
                                ? "make it a security_invoker view, so that the policies of whoever asks count (they then need SELECT on the"
                                        + " tables)"
                                : "take the privilege away; before PostgreSQL 15 no view asks the policies of its reader")
                .repairedBy(
                        canInvoke
                                ? "ALTER VIEW " + view.name().sql() + " SET (security_invoker = true);"
                                : "REVOKE SELECT ON " + view.name().sql() + " FROM "
                                        + Sql.roles(reach.sources(view, "SELECT", readers)) + ";")
                .shownBy("SELECT r.role AS reader, c.relname AS view, o.rolname AS reads_as, c.reloptions, "
                        + Sql.literal(tables) + " AS reads FROM pg_catalog.pg_class c JOIN"
                        + " pg_catalog.pg_roles o ON o.oid = c.relowner CROSS JOIN " + Sql.roleRows(readers)
                        + " AS r (role) WHERE c.oid = " + Sql.regclass(view.name())
                        + " AND pg_catalog.has_any_column_privilege(r.role, c.oid, 'SELECT') AND NOT coalesce(c.reloptions,"
                        + " '{}') && ARRAY['security_invoker=true', 'security_invoker=on'];"));
    }
}
