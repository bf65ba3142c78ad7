package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Publication;
import app.trackpay.catalog.Publication.PublishedTable;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Sql;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedPublication;
import app.trackpay.plan.Provides;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A publication is missing, lacks a table of the plan, or passes on less than whole tables. */
public final class MissingPublicationTable implements Check {

    /** TRUNCATE is not asked for: Supabase's realtime does not pass it on. */
    private static final List<String> OPERATIONS = List.of("insert", "update", "delete");

    @Override
    public String id() {
        return "missing-publication-table";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Contract contract = new Contract(plan, catalog);
        return contract.once(Provides::publications).stream()
                .filter(p -> !contract.isReportedMissing(p.what().table()))
                .collect(Collectors.groupingBy(p -> p.what().publication()))
                .entrySet()
                .stream()
                .flatMap(e -> catalog.publication(e.getKey())
                        .map(publication -> lacking(publication, e.getValue()))
                        .orElseGet(() -> Stream.of(absent(e.getKey(), e.getValue()))));
    }

    private Finding absent(String name, List<Declared<ProvidedPublication>> tables) {
        return Missing.of(
                        id(),
                        "publication " + name,
                        tables.get(0).step(),
                        "the publication does not exist: realtime subscriptions to " + Count.of(tables.size(), "table")
                                + " of the plan open and never hear of a change")
                .repairedBy("CREATE PUBLICATION " + Identifier.quote(name) + " FOR TABLE "
                        + tables.stream().map(t -> t.what().table().sql()).collect(Collectors.joining(", ")) + ";")
                .shownBy(
                        "SELECT declared.publication, found.oid IS NOT NULL AS found FROM (VALUES (" + Sql.literal(name)
                                + ")) AS declared (publication)"
                                + " LEFT JOIN pg_catalog.pg_publication found ON found.pubname = declared.publication;");
    }

    private Stream<Finding> lacking(Publication publication, List<Declared<ProvidedPublication>> tables) {
        return Stream.concat(
                operations(publication, tables.get(0)).stream(),
                tables.stream().flatMap(t -> table(publication, t).stream()));
    }

    private Optional<Finding> operations(Publication publication, Declared<ProvidedPublication> first) {
        List<String> silent = OPERATIONS.stream()
                .filter(o -> !publication.operations().contains(o))
                .toList();
        if (silent.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Missing.of(
                        id(),
                        "publication " + publication.name(),
                        first.step(),
                        "the publication leaves out " + String.join(" and ", silent)
                                + ": the app's lists stay as they were when such a change happens",
                        "let it publish every operation")
                .repairedBy("ALTER PUBLICATION " + Identifier.quote(publication.name())
                        + " SET (publish = 'insert, update, delete, truncate');")
                .shownBy(
                        "SELECT pubname, pubinsert, pubupdate, pubdelete FROM pg_catalog.pg_publication WHERE pubname = "
                                + Sql.literal(publication.name()) + ";"));
    }

    private Optional<Finding> table(Publication publication, Declared<ProvidedPublication> declared) {
        QualifiedName table = declared.what().table();
        if (publication.allTables() || publication.schemas().contains(table.schema())) {
            return Optional.empty();
        }
        String alter = "ALTER PUBLICATION " + Identifier.quote(publication.name());
        String add = alter + " ADD TABLE " + table.sql() + ";";
        Optional<PublishedTable> published = publication.tables().stream()
                .filter(t -> t.table().equals(table))
                .findFirst();
        if (published.isEmpty()) {
            return Optional.of(finding(
                            declared,
                            "the table is not in the publication: subscriptions to it open and stay silent",
                            Missing.run(declared.step()))
                    .repairedBy(add));
        }
        return limits(published.get())
                .map(limit -> finding(
                                declared,
                                "the publication passes on only part of the table, " + limit
                                        + ": the app misses changes it waits for",
                                "take it out of the publication and add it whole")
                        .repairedBy(alter + " DROP TABLE " + table.sql() + "; " + add));
    }

    private static Optional<String> limits(PublishedTable table) {
        String columns = table.columns().isEmpty() ? "" : "the columns " + String.join(", ", table.columns());
        String rows = table.filter().map(f -> "the rows WHERE " + f).orElse("");
        String both = Stream.of(columns, rows).filter(s -> !s.isEmpty()).collect(Collectors.joining(" and "));
        return Optional.of(both).filter(s -> !s.isEmpty());
    }

    private Finding finding(Declared<ProvidedPublication> declared, String message, String fix) {
        ProvidedPublication what = declared.what();
        return Missing.of(
                        id(),
                        "publication " + what.publication() + " of " + what.table(),
                        declared.step(),
                        message,
                        fix)
                .shownBy("SELECT declared.publication, declared.on_table, found.pubname IS NOT NULL AS published,"
                        + " pg_catalog.to_jsonb(found) - ARRAY['pubname', 'schemaname', 'tablename'] AS passes_on FROM (VALUES ("
                        + Sql.literal(what.publication()) + ", "
                        + Sql.literal(what.table().schema()) + ", "
                        + Sql.literal(what.table().name()) + ")) AS declared (publication, schema, on_table)"
                        + " LEFT JOIN pg_catalog.pg_publication_tables found ON found.pubname = declared.publication"
                        + " AND found.schemaname = declared.schema AND found.tablename = declared.on_table;");
    }
}
