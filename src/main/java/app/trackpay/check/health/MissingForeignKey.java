package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Constraint;
import app.trackpay.catalog.Identifier;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Sql;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedForeignKey;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A declared reference is not kept by any foreign key. */
public final class MissingForeignKey implements Check {

    @Override
    public String id() {
        return "missing-foreign-key";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Contract contract = new Contract(plan, catalog);
        ForeignKeys keys = new ForeignKeys(plan, catalog);
        return plan.foreignKeys().stream()
                .filter(k -> !isReportedElsewhere(contract, k.what()))
                .filter(k -> keys.matching(k.what()).findAny().isEmpty())
                .map(k -> finding(k, keys));
    }

    private static boolean isReportedElsewhere(Contract contract, ProvidedForeignKey key) {
        return contract.isReportedMissing(key.from().table(), List.of(key.from().column()))
                || contract.isReportedMissing(key.to(), key.toColumn().stream().toList());
    }

    private Finding finding(Declared<ProvidedForeignKey> declared, ForeignKeys keys) {
        ProvidedForeignKey what = declared.what();
        String there = keys.all()
                .filter(c -> c.table().equals(what.from().table())
                        && c.columns().contains(what.from().column()))
                .map(Constraint::definition)
                .collect(Collectors.joining("; "));
        return Missing.of(
                        id(),
                        "foreign key " + what.from(),
                        declared.step(),
                        "no foreign key keeps " + what.from().column() + " to rows of " + what.to()
                                + (there.isEmpty() ? "" : " (there is: " + there + ")")
                                + ": rows can point to nothing, and nothing stops the delete of a row that others still need")
                .repairedBy(add(what))
                .shownBy("SELECT " + Sql.literal(what.from().toString()) + " AS column, "
                        + Sql.literal(what.to().toString())
                        + " AS must_point_to, (SELECT pg_catalog.string_agg(pg_catalog.pg_get_constraintdef(c.oid), '; ' ORDER BY c.conname)"
                        + " FROM pg_catalog.pg_constraint c WHERE c.contype = 'f' AND c.conrelid = a.attrelid AND a.attnum ="
                        + " ANY (c.conkey)) AS keys_that_are_there FROM pg_catalog.pg_attribute a WHERE a.attrelid = "
                        + Sql.regclass(what.from().table()) + " AND a.attname = "
                        + Sql.literal(what.from().column()) + ";");
    }

    private static String add(ProvidedForeignKey key) {
        return "ALTER TABLE " + key.from().table().sql() + " ADD FOREIGN KEY ("
                + Identifier.quote(key.from().column()) + ") REFERENCES "
                + key.to().sql()
                + key.toColumn().map(c -> " (" + Identifier.quote(c) + ")").orElse("")
                + key.onDelete().map(rule -> " ON DELETE " + rule).orElse("") + ";";
    }
}
