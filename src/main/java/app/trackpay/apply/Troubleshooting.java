package app.trackpay.apply;

import app.trackpay.database.Target;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedTable;
import app.trackpay.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cause and remedy of the errors that plans of this kind run into, by SQLSTATE and what the plan knows of the names in the message. */
final class Troubleshooting {

    private final Plan plan;
    private final Unit unit;
    private final Target.Kind kind;

    /**
     * @param kind what the plan was applied to
     */
    Troubleshooting(Plan plan, Unit unit, Target.Kind kind) {
        this.plan = plan;
        this.unit = unit;
        this.kind = kind;
    }

    private interface Rule {
        Optional<String> advice(Troubleshooting plan, String message);
    }

    private static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("42P01", (plan, message) -> plan.missingTable(message)),
            Map.entry("42703", (plan, message) -> plan.missingColumn(message)),
            Map.entry("42883", (plan, message) -> plan.missingFunction(message)),
            Map.entry("42704", (plan, message) -> plan.missingObject(message)),
            Map.entry(
                    "42501",
                    always(
                            "the role that runs this may not. On Supabase, migrations run as postgres, which is no superuser and owns "
                                    + "nothing in auth, storage and realtime: leave those schemas' objects alone, and drop OWNER TO and "
                                    + "CREATE EXTENSION lines of superusers from exported files (pg_dump --no-owner).")),
            Map.entry("42710", (plan, message) -> plan.duplicateObject(message)),
            Map.entry(
                    "42P06",
                    always(
                            "the schema is there already, as public is in every database; pg_dump -n writes such a line all the same. Take it out,"
                                    + " or write CREATE SCHEMA IF NOT EXISTS.")),
            Map.entry("42P07", (plan, message) -> plan.duplicateRelation(message)),
            Map.entry(
                    "42P17",
                    always(
                            "the policies of these tables look into each other, so that none can be evaluated. Let a SECURITY DEFINER "
                                    + "function do the lookup.")),
            Map.entry(
                    "54001",
                    always(
                            "a policy and the function it calls go round in circles. The function that looks up the caller must be "
                                    + "SECURITY DEFINER, so that it is not bound by the policy that calls it.")),
            Map.entry(
                    "55P03",
                    always(
                            "another session holds the table for longer than the lock timeout. Look for it in pg_stat_activity "
                                    + "(pg_blocking_pids), run apply when it is quiet, or wait longer with -Dtrackpay.lockTimeout.")),
            Map.entry(
                    "57014",
                    always(
                            "the statement was cancelled, most likely because it ran for longer than the statement timeout of the role. Give "
                                    + "it more with -Dtrackpay.statementTimeout, such as 10min, or in the file where that sets its own.")),
            Map.entry(
                    "55P04",
                    always(
                            "a value that ALTER TYPE ... ADD VALUE adds can be used only after its transaction. Put ADD VALUE between BEGIN; and "
                                    + "COMMIT; lines of its own above this statement, or in a step or a section before this one, and apply without "
                                    + "trackpay.atomic.")),
            Map.entry("08006", (plan, message) -> slot(message)),
            Map.entry("08P01", (plan, message) -> slot(message)),
            Map.entry("25001", (plan, message) -> insideTransaction(message)),
            Map.entry(
                    "2D000",
                    always(
                            "a procedure or DO block commits, but runs in a transaction of apply, which keeps the history in it. Take the COMMIT "
                                    + "out, or cut the work into several statements between BEGIN; and COMMIT; lines of the file.")),
            Map.entry("23502", (plan, message) -> existingRows(message, "contains null values")),
            Map.entry("23505", (plan, message) -> existingRows(message, "could not create unique index")),
            Map.entry("23514", (plan, message) -> existingRows(message, "is violated by some row")),
            Map.entry("0A000", (plan, message) -> plan.unavailableExtension(message)),
            Map.entry("58P01", (plan, message) -> plan.unavailableExtension(message)),
            Map.entry(
                    "3F000",
                    always(
                            "this schema is not there. auth, storage, realtime and extensions come with Supabase, not with a plain "
                                    + "PostgreSQL; any other must be created by a step before this one.")));

    /** Cause and remedy, where there is something to say beyond the server's own words. */
    Optional<String> advice(String sqlState, String message) {
        return Optional.ofNullable(RULES.get(sqlState)).flatMap(rule -> rule.advice(this, message));
    }

    private static Rule always(String advice) {
        return (plan, message) -> Optional.of(advice);
    }

    /** What may be in a transaction where the table has no partitions, or the subscription no slot. */
    private static Optional<String> insideTransaction(String message) {
        if (message.contains("REINDEX TABLE") || message.contains("REINDEX INDEX") || message.contains("CLUSTER")) {
            return Optional.of(
                    "the table is partitioned, and the server takes its partitions one by one, not inside a transaction. Take the statement "
                            + "out of BEGIN and COMMIT and apply without trackpay.atomic, or name each partition in a statement of its own.");
        }
        if (message.contains("SUBSCRIPTION")) {
            return Optional.of(
                    "the subscription has a slot on its publisher, which no rollback brings back. Take the statement out of BEGIN and COMMIT "
                            + "and apply without trackpay.atomic.");
        }
        return Optional.of(
                "the server refuses this inside a transaction, and each step is one. Make it a statement of its own at the top level of the "
                        + "file, or a step of its own.");
    }

    /** A slot is made and dropped on the publisher, before the subscription is: a run that was cut off between the two leaves one of them. */
    private static Optional<String> slot(String message) {
        Optional<String> name = quoted(message).stream().findFirst();
        if (name.isPresent() && message.contains("could not create replication slot") && message.contains("exists")) {
            return Optional.of(
                    "the publisher has a slot of this name. An apply that was cut off while it made the subscription leaves one. If it is of "
                            + "no other subscriber (active is false in pg_replication_slots there), drop it on the publisher: "
                            + "SELECT pg_drop_replication_slot('" + name.get().replace("'", "''") + "')");
        }
        if (name.isPresent() && message.contains("could not drop") && message.contains("does not exist")) {
            return Optional.of(
                    "the slot is gone from the publisher already. An apply that was cut off while it dropped the subscription leaves it so. "
                            + "Tell the subscription, and apply again: ALTER SUBSCRIPTION \u2026 DISABLE; ALTER SUBSCRIPTION \u2026 "
                            + "SET (slot_name = NONE)");
        }
        return Optional.empty();
    }

    private static Optional<String> existingRows(String message, String tell) {
        return message.contains(tell)
                ? Optional.of("rows that are there already break the new rule. Repair them in a step before this one.")
                : Optional.empty();
    }

    private Optional<String> missingTable(String message) {
        List<String> names = quoted(message);
        return plan.tables().stream()
                .filter(table -> names.stream().anyMatch(name -> names(table.what(), name)))
                .findFirst()
                .map(table -> made(table.step(), "creates " + table.what().name()))
                .or(() -> Optional.of(
                        "no step of the plan provides this table. The export of the schema may lack it, or the name needs "
                                + "its schema in front."));
    }

    private Optional<String> duplicateRelation(String message) {
        List<String> names = quoted(message);
        String declared = plan.tables().stream()
                .filter(table -> place(table.step()) < place(unit.step()))
                .filter(table -> names.stream().anyMatch(name -> names(table.what(), name)))
                .findFirst()
                .map(table -> " Step " + table.step().id() + " (" + table.step().name() + ") is to make "
                        + table.what().name() + ".")
                .orElse("");
        return Optional.of(
                kind == Target.Kind.REHEARSAL
                        ? "the rehearsal began without anything of yours: an earlier statement of the plan made something of this name, or "
                                + "Supabase brings it." + declared
                                + " Drop one of the two, give it another name or schema, or write IF NOT EXISTS where what is there may stay."
                        : "something of this name is there already: an earlier statement of the plan made it, or somebody else did, outside "
                                + "apply." + declared
                                + " In the first case drop one of the two. In the second apply to an empty database, record what is there with"
                                + " mvn trackpay:adopt, or write IF NOT EXISTS where it may stay. If a CREATE INDEX CONCURRENTLY failed half-way,"
                                + " drop the invalid index it left. Then run apply again.");
    }

    private Optional<String> missingColumn(String message) {
        List<String> names = quoted(message);
        Predicate<Declared<ProvidedTable>> declares = table -> table.what().columns().stream()
                .anyMatch(column -> names.stream().anyMatch(name -> last(name).equals(column.name())));
        Predicate<Declared<ProvidedTable>> named = table -> names.stream().anyMatch(name -> names(table.what(), name));
        return plan.tables().stream()
                .filter(declares)
                .filter(named)
                .findFirst()
                .or(() -> plan.tables().stream().filter(declares).findFirst())
                .filter(table -> !table.step().id().equals(unit.step().id()))
                .map(
                        table -> "step " + table.step().id() + " ("
                                + table.step().name() + ") is to give "
                                + table.what().name()
                                + " this column and did not: the exported schema lacks it. Export it again, or add the column there.");
    }

    private Optional<String> missingFunction(String message) {
        Matcher call = Pattern.compile("([\\w.]+)\\s*\\(").matcher(message);
        String name = call.find() ? call.group(1) : "";
        return plan.declared(provides -> provides.functions()).stream()
                .filter(function -> function.what().name().name().equals(last(name)))
                .findFirst()
                .map(function ->
                        made(function.step(), "creates " + function.what().signature()))
                .or(
                        () -> Optional.of(
                                "nothing before this step creates the function. A dump of chosen tables (pg_dump -t) leaves out the "
                                        + "functions that their triggers, defaults and policies call: add them to the step, above this line."));
    }

    private Optional<String> missingObject(String message) {
        List<String> roles = List.of("anon", "authenticated", "service_role", "authenticator");
        return quoted(message).stream()
                .filter(roles::contains)
                .findFirst()
                .map(role -> "the role " + role
                        + " comes with Supabase; this database is no Supabase project. Check the URL.")
                .or(() -> quoted(message).contains("supabase_realtime")
                        ? Optional.of(
                                "the publication supabase_realtime comes with Supabase; this database is no Supabase project. "
                                        + "Check the URL.")
                        : Optional.empty())
                .or(() -> message.startsWith("type \"") || message.startsWith("operator class \"")
                        ? Optional.of(
                                "nothing that ran before makes it. If an extension brings it, as citext and pg_trgm do, write"
                                        + " CREATE EXTENSION IF NOT EXISTS in a step before this one.")
                        : Optional.empty());
    }

    private Optional<String> duplicateObject(String message) {
        return Optional.of(
                quoted(message).contains("supabase_realtime")
                        ? "the table is in the publication already; adding it twice is an error. Ask pg_publication_tables first, in a DO "
                                + "block, so that the file can run on any project."
                        : "it is there already. Write DROP ... IF EXISTS in front of it, or ask the catalog first, so that the file can "
                                + "run on any project.");
    }

    private Optional<String> unavailableExtension(String message) {
        return message.contains("extension")
                ? Optional.of(
                        "the server does not have this extension installed. Supabase brings pgcrypto and pg_stat_statements; on a "
                                + "server of your own install the contrib package.")
                : Optional.empty();
    }

    /** The plan knows who makes it: too late, or not at all. */
    private String made(Step maker, String does) {
        String step = "step " + maker.id() + " (" + maker.name() + ")";
        int here = place(unit.step());
        int there = place(maker);
        if (there > here) {
            return step + " " + does + ", but comes later in the plan. Move it before this step.";
        }
        return there == here
                ? "this step is to make it: the statement that does must come before this line."
                : step + " " + does + " according to the plan, and did not. Look at what that file really makes.";
    }

    private int place(Step step) {
        return plan.steps().stream().map(Step::id).toList().indexOf(step.id());
    }

    private static boolean names(ProvidedTable table, String name) {
        return name.equals(table.name().name()) || name.equals(table.name().toString());
    }

    /** The names in a message, whatever quotes the server's language uses; PostgreSQL leaves {@code alias.column} bare. */
    private static List<String> quoted(String message) {
        return Pattern.compile(
                        "[\"\u00ab\u201e\u201c]([^\"\u00bb\u201c\u201d]+)[\"\u00bb\u201c\u201d]|\\b(\\w+\\.\\w+)\\b")
                .matcher(message)
                .results()
                .map(name -> name.group(1) == null ? name.group(2) : name.group(1))
                .map(String::strip)
                .toList();
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
