package app.trackpay.probe;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Access;
import app.trackpay.plan.Access.Rows;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be tried where nothing is declared: two fresh users with a row each in every table whose rows belong to a user, and a visitor.
 * Nobody is to reach a row of somebody else. Which rows a user must reach is unknown, and so is what is public: reading is a warning.
 */
final class Isolation {

    private static final List<Persona> PEOPLE = List.of(
            person("a user", "5eed0000-0000-4000-8000-000000000001"),
            person("another user", "5eed0000-0000-4000-8000-000000000002"),
            new Persona("a visitor", "anon", Optional.empty(), Map.of()));

    private static final String NOBODY = "SELECT pg_catalog.set_config('request.jwt.claims', '', true),"
            + " pg_catalog.set_config('request.jwt.claim.sub', '', true);";

    private final Catalog catalog;
    private final List<Relation> tables;
    private final Owners owners;

    Isolation(Plan plan, Catalog catalog) {
        this.catalog = catalog;
        this.tables =
                Tasks.tables(plan, catalog).stream().filter(Relation::isTable).toList();
        this.owners = new Owners(new Ids(catalog, plan.identity()));
    }

    private static Persona person(String name, String login) {
        return new Persona(name, "authenticated", Optional.of(UUID.fromString(login)), Map.of());
    }

    /** The plan that follows from foreign keys: a row is for every user it is tied to. */
    Plan plan(Plan plan) {
        List<Access> access = tables.stream()
                .filter(owners::knows)
                .flatMap(table -> PEOPLE.stream()
                        .filter(p -> p.subject().isPresent())
                        .flatMap(p -> Stream.of(Command.SELECT, Command.INSERT, Command.UPDATE, Command.DELETE)
                                .map(command -> new Access(
                                        table.name(), p.name(), command, new Rows.Where(owners.condition(table))))))
                .toList();
        return new Plan(
                plan.directory(),
                plan.file(),
                plan.scope(),
                plan.steps(),
                plan.financial(),
                plan.identity(),
                PEOPLE,
                access,
                plan.assumed(),
                List.of(),
                List.of(),
                plan.suppressions(),
                Optional.empty());
    }

    /** Rows for the two users. What cannot be made is left out: the table lacks it, and that is told. */
    Fixtures fixtures() {
        List<Persona> users =
                PEOPLE.stream().filter(p -> p.subject().isPresent()).toList();
        List<String> statements = new ArrayList<>();
        users.forEach(user -> {
            String login = user.subject().orElseThrow().toString();
            statements.add("INSERT INTO auth.users (id, aud, role, email) VALUES (" + Sql.literal(login)
                    + ", 'authenticated', 'authenticated', " + Sql.literal(login + "@trackpay.example") + ")");
        });
        FreshRow rows = new FreshRow(catalog, owners);
        // as often as one table may wait for another
        for (int round = 0; round < 3; round++) {
            for (int number = 1; number <= users.size(); number++) {
                Persona user = users.get(number - 1);
                int unique = number;
                // triggers and defaults ask who writes
                String claims = "PERFORM pg_catalog.set_config('request.jwt.claims', "
                        + Sql.literal(Transcript.claims(user))
                        + ", true), pg_catalog.set_config('request.jwt.claim.sub', "
                        + Sql.literal(user.subject().orElseThrow().toString()) + ", true); ";
                tables.stream()
                        .filter(owners::knows)
                        .flatMap(table ->
                                rows.insert(table, user.subject().orElseThrow().toString(), unique).stream())
                        .forEach(insert -> statements.add(claims + insert));
            }
        }
        return new Fixtures(
                "rows of two fresh users",
                statements.stream()
                        .map(sql -> "DO $try$ BEGIN " + sql + "; EXCEPTION WHEN OTHERS THEN NULL; END $try$;")
                        .collect(Collectors.joining("\n", "", "\n" + NOBODY)));
    }

    /** What is sure to be wrong: too much of another's rows, and statements that do not work. */
    List<Cell> surelyWrong(List<Cell> cells) {
        List<QualifiedName> owned =
                tables.stream().filter(owners::knows).map(Relation::name).toList();
        return cells.stream()
                .filter(c -> owned.contains(c.table()) || c.broken().isPresent())
                .map(c -> new Cell(
                        c.table(),
                        c.persona(),
                        c.command(),
                        c.declared(),
                        c.total(),
                        c.meant().stream().filter(c.got()::contains).toList(),
                        c.got(),
                        Optional.empty(),
                        // nobody said that there is anything to be read
                        c.broken().filter(error -> !error.startsWith("42501"))))
                .toList();
    }

    /** Reading may be meant, and so may handing a row of one's own to somebody else: somebody has to say so. */
    Finding judged(Finding finding, List<Cell> cells) {
        Optional<Cell> cell = cells.stream()
                .filter(c -> CellFindings.object(c).equals(finding.object()))
                .findFirst();
        if (finding.check().equals("rows-leaked")) {
            return finding.as(Severity.WARNING)
                    .unrepaired()
                    .advising(
                            "if the rows are public, nothing is wrong; a trackpay.yaml with \"personas\" and \"access\" says so");
        }
        boolean mayBeMeant = cell.filter(c -> finding.check().equals("write-allowed"))
                .filter(c -> c.tooMany().stream().allMatch(key -> key.endsWith(Cell.GIVEN_AWAY)) || !isSure(c))
                .isPresent();
        return mayBeMeant ? finding.as(Severity.WARNING).unrepaired() : finding;
    }

    private boolean isSure(Cell cell) {
        return catalog.relation(cell.table()).filter(owners::areSure).isPresent();
    }

    /** For people: tables whose rows belong to nobody in particular. */
    Stream<String> notes() {
        List<String> without = tables.stream()
                .filter(t -> !owners.knows(t))
                .map(t -> t.name().toString())
                .toList();
        return without.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        "no column that is NOT NULL and refers to auth.users, nor just one that may be NULL, says whose a row is in "
                                + String.join(", ", without) + ": only that they can be queried was proved");
    }

    /** For people: who lacks a row where another should not reach it. */
    Stream<String> empty(List<Cell> cells) {
        return tables.stream().filter(owners::knows).map(Relation::name).flatMap(table -> {
            String lacking = cells.stream()
                    .filter(c -> c.table().equals(table) && c.command() == Command.SELECT)
                    .filter(c -> c.persona().subject().isPresent() && c.meant().isEmpty())
                    .map(c -> c.persona().name())
                    .collect(Collectors.joining(" and for "));
            return lacking.isEmpty()
                    ? Stream.empty()
                    : Stream.of("in table " + table + " no row could be made for " + lacking
                            + ", so that nobody else reaches it was not proved: write a trackpay.yaml with \"fixtures\","
                            + " \"personas\" and \"access\"");
        });
    }
}
