package app.trackpay.manifest;

import app.trackpay.catalog.QualifiedName;
import app.trackpay.database.CatalogScope;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Provides;
import java.util.Set;
import java.util.TreeSet;

/** What a plan answers for. What the platform made for itself is never in it. */
final class Coverage {

    private static final Set<String> PLATFORM_SCHEMAS = Set.of("auth", "storage", "realtime");
    private static final Set<String> API_ROLES = Set.of("anon", "authenticated", "service_role", "authenticator");
    // every project has them, and a team may have more or fewer of them without having done anything
    private static final Set<String> PLATFORM_EXTENSIONS = Set.of(
            "pg_graphql",
            "pg_stat_statements",
            "pgcrypto",
            "pgjwt",
            "pgsodium",
            "plpgsql",
            "supabase_vault",
            "uuid-ossp");
    private static final Set<String> PLATFORM_ROLES = Set.of("dashboard_user", "pgbouncer", "cli_login_postgres");

    private final Plan plan;
    private final CatalogScope read;
    private final Set<String> provided;
    private final Set<String> roles;

    Coverage(Plan plan) {
        this.plan = plan;
        this.read = plan.scope().declared() ? CatalogScope.of(plan.scope().schemas()) : CatalogScope.USER_SCHEMAS;
        this.provided = new TreeSet<>();
        plan.declared(Provides::extensions).forEach(extension -> provided.add(extension.what()));
        this.roles = new TreeSet<>(API_ROLES);
        plan.personas().stream().map(Persona::role).forEach(roles::add);
    }

    CatalogScope read() {
        return read;
    }

    boolean schema(String schema) {
        // the history is the plugin's own, and differs from database to database
        return read.covers(schema) && !schema.equals("trackpay_history");
    }

    /** A table or a view. */
    boolean relation(QualifiedName name) {
        return schema(name.schema())
                && (!plan.scope().declared() || plan.scope().covers(name));
    }

    /** Whether policies and triggers of a table are the team's: also on the platform's tables. */
    boolean attached(QualifiedName table) {
        return relation(table) || PLATFORM_SCHEMAS.contains(table.schema());
    }

    boolean extension(String name) {
        return provided.contains(name) || !PLATFORM_EXTENSIONS.contains(name);
    }

    /** A role that requests run as. */
    boolean apiRole(String role) {
        return roles.contains(role);
    }

    /** Whether what belongs to a role is none of the team's business. */
    boolean platformRole(String role) {
        return role.startsWith("supabase_") || PLATFORM_ROLES.contains(role);
    }
}
