package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Index;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Provides;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An index that a failed CREATE INDEX CONCURRENTLY left behind: kept up with every write, used by no query. */
public final class IndexInvalid implements Check {

    /** What REINDEX CONCURRENTLY calls its own left-overs; the index they were to replace is still there. */
    private static final Pattern LEFT_OVER = Pattern.compile(".*_cc(new|old)\\d*");

    @Override
    public String id() {
        return "index-invalid";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return catalog.indexes().stream()
                .filter(i -> !i.valid() && !i.building())
                .filter(i -> plan.scope().covers(i.table()) || plan.provides(i.table()))
                .filter(i -> !isTheMissingGuarantee(plan, catalog, i))
                .map(this::finding);
    }

    /** {@code missing-unique-index} names it already. */
    private static boolean isTheMissingGuarantee(Plan plan, Catalog catalog, Index index) {
        return new Contract(plan, catalog)
                .once(Provides::unique).stream()
                        .anyMatch(u -> Guarantee.isOn(u.what(), index)
                                && Guarantee.of(u.what(), catalog).isEmpty());
    }

    private Finding finding(Index index) {
        boolean leftOver = LEFT_OVER.matcher(index.name().name()).matches();
        return new Finding(
                        id(),
                        Severity.ERROR,
                        "index " + index.name(),
                        "the index on " + index.table()
                                + " is invalid: its build failed half-way, so every write pays for it, no query uses it, and a"
                                + " unique one guarantees nothing",
                        leftOver ? "drop it, a REINDEX CONCURRENTLY left it behind" : "build it again, or drop it")
                .repairedBy((leftOver ? "DROP INDEX " : "REINDEX INDEX ")
                        + index.name().sql() + ";")
                .shownBy(
                        "SELECT indexrelid::pg_catalog.regclass AS index, indrelid::pg_catalog.regclass AS table, indisvalid AS"
                                + " used_by_queries, indisready AS paid_by_writes FROM pg_catalog.pg_index"
                                + " WHERE indexrelid = "
                                + Sql.literal(index.name().sql()) + "::pg_catalog.regclass;");
    }
}
