package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Constraint;
import app.trackpay.catalog.DeleteRule;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedForeignKey;
import java.util.EnumSet;
import java.util.Optional;
import java.util.stream.Stream;

/** A foreign key of a financial table deletes or rewrites money records when the row it points to goes. */
public final class FinancialCascade implements Check {

    @Override
    public String id() {
        return "financial-cascade";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ForeignKeys keys = new ForeignKeys(plan, catalog);
        return keys.financialCascades().map(key -> finding(key, declaration(key, keys), keys));
    }

    private static Optional<Declared<ProvidedForeignKey>> declaration(Constraint key, ForeignKeys keys) {
        return keys.plan().foreignKeys().stream()
                .filter(d -> keys.matching(d.what()).anyMatch(key::equals))
                .findFirst();
    }

    private Finding finding(Constraint key, Optional<Declared<ProvidedForeignKey>> declared, ForeignKeys keys) {
        DeleteRule rule = declared.flatMap(d -> d.what().onDelete())
                .filter(r ->
                        !EnumSet.of(DeleteRule.CASCADE, DeleteRule.SET_DEFAULT).contains(r))
                .orElse(DeleteRule.RESTRICT);
        String effect = ForeignKeys.rule(key) == DeleteRule.CASCADE ? "deletes" : "reassigns";
        Finding finding = new Finding(
                        id(),
                        Severity.ERROR,
                        "foreign key " + key.table() + "." + key.name(),
                        "the key (" + String.join(", ", key.columns()) + ") is ON DELETE " + ForeignKeys.rule(key)
                                + ": deleting one row of "
                                + ForeignKeys.reference(key).table() + " silently " + effect + " the rows of "
                                + key.table() + " that point to it, and they are money",
                        keys.advice(
                                key,
                                rule,
                                "make it ON DELETE " + rule
                                        + declared.map(d -> ", or " + Missing.run(d.step()))
                                                .orElse("")
                                        + "; if it is meant, declare it under financial: exceptions: with a reason"))
                .repairedBy(keys.repair(key, rule))
                .shownBy(ForeignKeys.shows(key));
        return declared.map(d -> finding.from(d.step())).orElse(finding);
    }
}
