package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Trigger;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedTrigger;
import app.trackpay.plan.Provides;
import app.trackpay.plan.Step;
import java.util.Optional;
import java.util.stream.Stream;

/** A trigger on a table of the plan is there and does not fire. */
public final class TriggerDisabled implements Check {

    @Override
    public String id() {
        return "trigger-disabled";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return catalog.triggers().stream()
                .filter(t -> plan.scope().covers(t.table()) || origin(plan, t).isPresent())
                .filter(t -> t.enabled() == Trigger.Enabled.DISABLED || t.enabled() == Trigger.Enabled.REPLICA)
                .map(t -> finding(t, origin(plan, t)));
    }

    private static Optional<Step> origin(Plan plan, Trigger trigger) {
        return plan.declared(Provides::triggers).stream()
                .filter(t -> t.what().equals(new ProvidedTrigger(trigger.table(), trigger.name())))
                .map(t -> t.step())
                .findFirst();
    }

    private Finding finding(Trigger trigger, Optional<Step> origin) {
        String state = trigger.enabled() == Trigger.Enabled.DISABLED
                ? "is disabled"
                : "fires in replication sessions only (ENABLE REPLICA)";
        Finding finding = new Finding(
                        id(),
                        Severity.ERROR,
                        "trigger " + trigger.table() + "." + trigger.name(),
                        "the trigger " + state + ": it is listed as if all were well, but no write of the app runs it",
                        "enable it again")
                .repairedBy("ALTER TABLE " + trigger.table().sql() + " ENABLE TRIGGER "
                        + Identifier.quote(trigger.name()) + ";")
                .shownBy(
                        "SELECT tgrelid::pg_catalog.regclass AS on_table, tgname AS trigger, CASE tgenabled WHEN 'D' THEN 'never'"
                                + " WHEN 'R' THEN 'in replication only' ELSE 'for the app' END AS fires"
                                + " FROM pg_catalog.pg_trigger WHERE tgrelid = " + Sql.regclass(trigger.table())
                                + " AND tgname = " + Sql.literal(trigger.name()) + ";");
        return origin.map(finding::from).orElse(finding);
    }
}
