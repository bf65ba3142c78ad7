package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Sql;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedTrigger;
import app.trackpay.plan.Provides;
import java.util.stream.Stream;

/** A trigger that a step provides is not on its table. */
public final class MissingTrigger implements Check {

    @Override
    public String id() {
        return "missing-trigger";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Contract contract = new Contract(plan, catalog);
        return contract.once(Provides::triggers).stream()
                .filter(t -> !contract.isReportedMissing(t.what().table()))
                .filter(t -> catalog.triggers().stream()
                        .noneMatch(stored -> stored.table().equals(t.what().table())
                                && stored.name().equals(t.what().name())))
                .map(t -> finding(t, catalog));
    }

    private Finding finding(Declared<ProvidedTrigger> trigger, Catalog catalog) {
        ProvidedTrigger what = trigger.what();
        String elsewhere = catalog.triggers().stream()
                .filter(t -> t.name().equals(what.name()))
                .findFirst()
                .map(t -> " (a trigger of that name is on " + t.table() + ")")
                .orElse("");
        return Missing.of(
                        id(),
                        "trigger " + what.table() + "." + what.name(),
                        trigger.step(),
                        "the table lacks this trigger" + elsewhere
                                + ": rows are written without what it keeps up or forbids, and nothing says so")
                .shownBy(
                        "SELECT declared.on_table, declared.trigger, pg_catalog.pg_get_triggerdef(found.oid) AS found FROM"
                                + " (VALUES (" + Sql.literal(what.table().sql()) + ", " + Sql.literal(what.name())
                                + ")) AS declared (on_table, trigger) LEFT JOIN pg_catalog.pg_trigger found"
                                + " ON found.tgrelid = pg_catalog.to_regclass(declared.on_table)"
                                + " AND found.tgname = declared.trigger AND NOT found.tgisinternal;");
    }
}
