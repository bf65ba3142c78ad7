package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Index;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Sql;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedIndex;
import app.trackpay.plan.Provides;
import java.util.Optional;
import java.util.stream.Stream;

/** An index that a step provides is not there, or has its name on other columns. */
public final class MissingIndex implements Check {

    @Override
    public String id() {
        return "missing-index";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Contract contract = new Contract(plan, catalog);
        return contract.once(Provides::indexes).stream()
                .filter(i -> !isReportedElsewhere(contract, i.what()))
                .flatMap(i -> finding(i, catalog).stream());
    }

    /** With its table, with a column, or as the guarantee of the same name ({@code missing-unique-index}). */
    private static boolean isReportedElsewhere(Contract contract, ProvidedIndex index) {
        return index.on()
                        .filter(table -> contract.isReportedMissing(table, index.columns()))
                        .isPresent()
                || contract.once(Provides::unique).stream()
                        .anyMatch(u -> u.what()
                                        .name()
                                        .equals(Optional.of(index.name().name()))
                                && u.what().on().schema().equals(index.name().schema()));
    }

    private Optional<Finding> finding(Declared<ProvidedIndex> declared, Catalog catalog) {
        ProvidedIndex what = declared.what();
        Optional<Index> named = catalog.indexes().stream()
                .filter(i -> i.name().equals(what.name()))
                .findFirst();
        if (named.isEmpty()) {
            Finding finding = finding(
                    declared, "the index does not exist" + equivalent(what, catalog), Missing.run(declared.step()));
            return Optional.of(
                    what.columns().isEmpty()
                            ? finding
                            : finding.repairedBy(create(what, what.on().orElseThrow())));
        }
        return named.filter(i -> !isAsDeclared(what, i))
                .map(i -> finding(
                                declared,
                                "the index of this name is on " + i.table() + " (" + String.join(", ", i.keys())
                                        + "), the plan declares " + what.on().orElseThrow() + " ("
                                        + String.join(", ", what.columns()) + ")",
                                "drop it, then " + Missing.run(declared.step()))
                        .repairedBy("DROP INDEX " + what.name().sql() + "; "
                                + create(what, what.on().orElseThrow())));
    }

    private static boolean isAsDeclared(ProvidedIndex declared, Index index) {
        return declared.on().isEmpty()
                || declared.on().get().equals(index.table())
                        && (declared.columns().isEmpty() || declared.columns().equals(index.keys()));
    }

    private static String equivalent(ProvidedIndex declared, Catalog catalog) {
        return catalog.indexes().stream()
                .filter(i -> !declared.columns().isEmpty() && isAsDeclared(declared, i))
                .findFirst()
                .map(i -> " (" + i.name().name() + " covers the same columns" + (i.valid() ? "" : ", but is invalid")
                        + ": rename it, or declare that name)")
                .orElse("");
    }

    private static String create(ProvidedIndex declared, QualifiedName table) {
        return "CREATE INDEX " + Identifier.quote(declared.name().name()) + " ON " + table.sql() + " ("
                + Sql.columns(declared.columns()) + ");";
    }

    private Finding finding(Declared<ProvidedIndex> declared, String wrong, String fix) {
        ProvidedIndex what = declared.what();
        return Missing.of(
                        id(),
                        "index " + what.name(),
                        declared.step(),
                        wrong + ": screens that filter on these columns read the whole table, slower with every row",
                        fix)
                .shownBy("SELECT declared.name AS declared, found.indexdef AS found FROM (VALUES ("
                        + Sql.literal(what.name().schema()) + ", "
                        + Sql.literal(what.name().name())
                        + ")) AS declared (schema, name) LEFT JOIN pg_catalog.pg_indexes found"
                        + " ON found.schemaname = declared.schema AND found.indexname = declared.name;");
    }
}
