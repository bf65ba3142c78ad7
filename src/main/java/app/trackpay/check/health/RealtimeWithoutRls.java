package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Publication;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Provides;
import java.util.stream.Stream;

/** Realtime passes on the changes of a table that no policy guards. */
public final class RealtimeWithoutRls implements Check {

    private static final String SUPABASE = "supabase_realtime";

    @Override
    public String id() {
        return "realtime-without-rls";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return catalog.publications().stream()
                .filter(p -> p.name().equals(SUPABASE) || isDeclared(plan, p))
                .flatMap(p -> catalog.relations().stream()
                        .filter(t -> t.isTable() && !t.rowSecurity())
                        .filter(t -> plan.scope().covers(t.name()) || plan.provides(t.name()))
                        .filter(t -> holds(p, t))
                        .map(t -> finding(p, t)));
    }

    private static boolean isDeclared(Plan plan, Publication publication) {
        return plan.declared(Provides::publications).stream()
                .anyMatch(d -> d.what().publication().equals(publication.name()));
    }

    /** A partition is guarded, and published, through its root unless it is named itself. */
    private static boolean holds(Publication publication, Relation table) {
        return publication.tables().stream().anyMatch(t -> t.table().equals(table.name()))
                || table.partitionOf().isEmpty()
                        && (publication.allTables()
                                || publication.schemas().contains(table.name().schema()));
    }

    private Finding finding(Publication publication, Relation table) {
        return new Finding(
                        id(),
                        Severity.ERROR,
                        "table " + table.name(),
                        "the table is in the publication " + publication.name()
                                + " and its row level security is off: every change of every row goes to whoever subscribes",
                        "turn row level security on (its policies, if any, take effect at once)")
                .repairedBy("ALTER TABLE " + table.name().sql() + " ENABLE ROW LEVEL SECURITY;")
                .shownBy("SELECT " + Sql.literal(publication.name())
                        + " AS publication, oid::pg_catalog.regclass AS passes_on, relrowsecurity AS row_level_security"
                        + " FROM pg_catalog.pg_class WHERE oid = " + Sql.regclass(table.name()) + ";");
    }
}
