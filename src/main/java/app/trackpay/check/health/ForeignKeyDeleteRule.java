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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A foreign key does something else on delete than the plan declares. */
public final class ForeignKeyDeleteRule implements Check {

    @Override
    public String id() {
        return "foreign-key-delete-rule";
    }

    /** A cascade on a financial table is left to {@code financial-cascade}. */
    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ForeignKeys keys = new ForeignKeys(plan, catalog);
        Set<Constraint> financial = keys.financialCascades().collect(Collectors.toSet());
        return plan.foreignKeys().stream()
                .filter(k -> k.what().onDelete().isPresent())
                .flatMap(k -> keys.matching(k.what())
                        .filter(c -> ForeignKeys.rule(c) != rule(k))
                        .filter(c -> !financial.contains(c))
                        .map(c -> finding(k, c, keys)));
    }

    private static DeleteRule rule(Declared<ProvidedForeignKey> declared) {
        return declared.what().onDelete().orElseThrow();
    }

    private Finding finding(Declared<ProvidedForeignKey> declared, Constraint key, ForeignKeys keys) {
        return new Finding(
                        id(),
                        Severity.ERROR,
                        "foreign key " + key.table() + "." + key.name(),
                        "the key " + declared.what().from().column() + " to "
                                + declared.what().to() + " is ON DELETE "
                                + ForeignKeys.rule(key) + ", the plan declares " + rule(declared) + ": a delete in "
                                + declared.what().to() + " then " + consequence(ForeignKeys.rule(key)),
                        keys.advice(
                                key, rule(declared), "give it the declared rule, or " + Missing.run(declared.step())))
                .from(declared.step())
                .repairedBy(keys.repair(key, rule(declared)))
                .shownBy(ForeignKeys.shows(key));
    }

    private static String consequence(DeleteRule rule) {
        return switch (rule) {
            case CASCADE -> "deletes rows here without a word";
            case SET_NULL -> "cuts rows here off from what they were about";
            case SET_DEFAULT -> "hands rows here to the column's default";
            case RESTRICT -> "fails while a row here points to it";
            case NO_ACTION -> "fails while a row here points to it, at the end of the statement";
        };
    }
}
