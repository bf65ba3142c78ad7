package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Sql;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedTable;
import app.trackpay.plan.Provides;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A table that a step provides is not there; the one finding stands for all that the plan hangs on the table. */
public final class MissingTable implements Check {

    @Override
    public String id() {
        return "missing-table";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Contract contract = new Contract(plan, catalog);
        return plan.tables().stream()
                .filter(t -> !contract.hasTable(t.what().name()))
                .map(t -> finding(contract, t));
    }

    private Finding finding(Contract contract, Declared<ProvidedTable> table) {
        QualifiedName name = table.what().name();
        return Missing.of(
                        id(),
                        "table " + name,
                        table.step(),
                        "the table does not exist" + instead(contract.catalog(), name)
                                + ": every query on it ends in \"relation " + name.name() + " does not exist\""
                                + goesWithIt(contract, name))
                .shownBy("SELECT " + Sql.literal(name.sql()) + " AS declared, pg_catalog.to_regclass("
                        + Sql.literal(name.sql()) + ") AS found, (SELECT relkind FROM pg_catalog.pg_class WHERE oid ="
                        + " pg_catalog.to_regclass(" + Sql.literal(name.sql()) + ")) AS kind;");
    }

    private static String instead(Catalog catalog, QualifiedName name) {
        Optional<Relation> other = catalog.relation(name);
        if (other.isPresent()) {
            return " (a " + other.get().kind() + " has its name)";
        }
        return catalog.relations().stream()
                .filter(Relation::isTable)
                .map(Relation::name)
                .filter(r -> r.name().equalsIgnoreCase(name.name()))
                .findFirst()
                .map(r -> " (but " + r.sql() + " does)")
                .orElse("");
    }

    private static String goesWithIt(Contract contract, QualifiedName name) {
        Plan plan = contract.plan();
        List<String> parts = new ArrayList<>();
        count(
                parts,
                "column",
                plan.declared(Provides::tables).stream()
                        .filter(t -> t.what().name().equals(name))
                        .flatMap(t -> t.what().columns().stream())
                        .distinct());
        count(
                parts,
                "policy",
                contract.once(Provides::policies).stream()
                        .filter(p -> p.what().table().equals(name)));
        count(
                parts,
                "foreign key",
                contract.plan().foreignKeys().stream()
                        .filter(k -> k.what().from().table().equals(name)
                                || k.what().to().equals(name)));
        count(
                parts,
                "index",
                contract.once(Provides::indexes).stream()
                        .filter(i -> i.what().on().filter(name::equals).isPresent()));
        count(
                parts,
                "unique guarantee",
                contract.once(Provides::unique).stream()
                        .filter(u -> u.what().on().equals(name)));
        count(
                parts,
                "trigger",
                contract.once(Provides::triggers).stream()
                        .filter(t -> t.what().table().equals(name)));
        return parts.isEmpty() ? "" : "; missing with it, and not reported one by one: " + String.join(", ", parts);
    }

    private static void count(List<String> parts, String noun, Stream<?> things) {
        long count = things.count();
        if (count > 0) {
            parts.add(Count.of(count, noun));
        }
    }
}
