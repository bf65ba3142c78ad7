package app.trackpay.probe;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.Database;
import app.trackpay.plan.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables that held rows before a plan ran in an open transaction: what the others hold is the plan's own, so fixtures meet nobody's rows
 * there.
 *
 * @param tables of those that the plan answers for
 */
public record EarlierRows(Set<QualifiedName> tables) {

    /** Before anything was looked at. */
    public static final EarlierRows NONE = new EarlierRows(Set.of());

    /**
     * Looks, if the plan has fixtures to load at all.
     *
     * @param inside the database as the open transaction sees it
     */
    public static EarlierRows of(Database inside, Plan plan) throws CouldNotRunException {
        if (!hasFixtures(plan)) {
            return NONE;
        }
        Catalog catalog = CatalogReader.read(
                inside, CatalogScope.USER_SCHEMAS.and(plan.scope().schemas()));
        List<QualifiedName> tables = Tasks.tables(plan, catalog).stream()
                .filter(Relation::isTable)
                .map(Relation::name)
                .toList();
        if (tables.isEmpty()) {
            return NONE;
        }
        try (Connection connection = inside.connect()) {
            Set<String> filled = Transcript.filled(
                    connection, tables.stream().map(QualifiedName::sql).toList());
            return new EarlierRows(tables.stream()
                    .filter(table -> filled.contains(table.sql()))
                    .collect(Collectors.toUnmodifiableSet()));
        } catch (SQLException e) {
            throw new CouldNotRunException("The connection was lost: " + e.getMessage() + ". Run again.", e);
        }
    }

    /** Whether every table that the plan makes, or says who may reach, is the plan's own. */
    public boolean letFixturesIn(Plan plan) {
        return hasFixtures(plan) && tables.stream().noneMatch(table -> isOf(plan, table));
    }

    /** For people: what follows from it. */
    public Optional<String> line(Plan plan) {
        if (!hasFixtures(plan)) {
            return Optional.empty();
        }
        if (letFixturesIn(plan)) {
            return Optional.of(
                    "the plan's tables held no row before: the fixtures are loaded, every persona tries everything as in a rehearsal, and all"
                            + " of it is taken back; only sequences that were there before may have moved on");
        }
        String held = tables.stream()
                .filter(table -> isOf(plan, table))
                .map(QualifiedName::toString)
                .sorted()
                .limit(3)
                .collect(Collectors.joining(", "));
        return Optional.of("verify-rls reads as users who are there, without fixtures, because there were rows before ("
                + held + "); what each persona may do is proved by a rehearsal, the same goal without a URL");
    }

    private static boolean hasFixtures(Plan plan) {
        return plan.fixtures().isPresent() && !plan.personas().isEmpty();
    }

    private static boolean isOf(Plan plan, QualifiedName table) {
        return plan.provides(table)
                || plan.access().stream().anyMatch(a -> a.table().equals(table));
    }
}
