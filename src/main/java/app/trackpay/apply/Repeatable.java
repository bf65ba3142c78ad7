package app.trackpay.apply;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How a statement is written so that it can run again. */
final class Repeatable {

    /** There is one already. */
    private static final Set<String> THERE =
            Set.of("42710", "42P07", "42701", "42723", "42P06", "42P04", "42P16", "23505");

    /** There is none, or none any more. */
    private static final Set<String> GONE = Set.of("42704", "42P01", "42703", "42883", "3F000");

    private static final Set<String> IF_NOT_EXISTS =
            Set.of("TABLE", "INDEX", "SCHEMA", "EXTENSION", "SEQUENCE", "MATERIALIZED");

    private static final Set<String> OR_REPLACE =
            Set.of("FUNCTION", "PROCEDURE", "VIEW", "TRIGGER", "RULE", "AGGREGATE");

    private static final Set<String> BETWEEN =
            Set.of("OR", "REPLACE", "UNIQUE", "UNLOGGED", "GLOBAL", "LOCAL", "TEMP", "TEMPORARY", "RECURSIVE");

    private static final String GUARD = "ask the catalog first, in a DO block, and do it only where it is not done yet";

    private Repeatable() {}

    /** What to write instead of the statement that was refused. */
    static String advice(StepException refused) {
        String state = Optional.ofNullable(refused.error().getSQLState()).orElse("");
        List<String> words = words(refused.unit(), refused.fault().offset());
        if (GONE.contains(state)) {
            return word(words, 0).equals("DROP")
                    ? "write DROP " + word(words, 1) + " IF EXISTS"
                    : "a later statement takes away what this one needs: ask the catalog first, in a DO block, whether it is"
                            + " still there";
        }
        if (!THERE.contains(state)) {
            return GUARD;
        }
        return switch (word(words, 0)) {
            case "CREATE" -> create(words);
            case "ALTER" -> alter(words);
            case "INSERT" -> "write INSERT ... ON CONFLICT DO NOTHING";
            default -> GUARD;
        };
    }

    /** Whether it makes something for the session or the transaction alone. */
    static boolean isTemporary(StepException refused) {
        return words(refused.unit(), refused.fault().offset()).stream()
                .limit(3)
                .anyMatch(word -> word.equals("TEMP") || word.equals("TEMPORARY"));
    }

    private static String create(List<String> words) {
        String kind = words.stream()
                .skip(1)
                .filter(word -> !BETWEEN.contains(word))
                .findFirst()
                .orElse("");
        if (IF_NOT_EXISTS.contains(kind)) {
            return "write CREATE " + (kind.equals("MATERIALIZED") ? "MATERIALIZED VIEW" : kind) + " IF NOT EXISTS";
        }
        if (kind.equals("POLICY")) {
            return "write DROP POLICY IF EXISTS in front of it";
        }
        if (!OR_REPLACE.contains(kind)) {
            return GUARD;
        }
        return words.contains("REPLACE")
                ? "a later statement gives the " + kind.toLowerCase(Locale.ROOT)
                        + " another form, from which OR REPLACE finds no way back: leave it to one of the two"
                : "write CREATE OR REPLACE " + kind;
    }

    private static String alter(List<String> words) {
        if (word(words, 1).equals("PUBLICATION")) {
            return "ask pg_catalog.pg_publication_tables first, in a DO block, and add the table only where it is not in there";
        }
        if (word(words, 1).equals("TYPE") && words.contains("VALUE")) {
            return "write ADD VALUE IF NOT EXISTS";
        }
        int add = words.indexOf("ADD");
        if (!word(words, 1).equals("TABLE") || add < 0) {
            return GUARD;
        }
        return Set.of("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE")
                        .contains(word(words, add + 1))
                ? "write ALTER TABLE ... DROP CONSTRAINT IF EXISTS in front of it"
                : "write ADD COLUMN IF NOT EXISTS";
    }

    /** Of the statement at a place; none where it cannot be told. */
    private static List<String> words(Unit unit, int offset) {
        return unit.parts().stream()
                .flatMap(part -> part.pieces().stream())
                .flatMap(Repeatable::statements)
                .filter(statement -> statement.start() <= offset && offset < statement.end())
                .findFirst()
                .map(statement -> Words.of(unit.script().sent(statement.start(), statement.end())).stream()
                        .map(word -> word.toUpperCase(Locale.ROOT))
                        .toList())
                .orElse(List.of());
    }

    private static Stream<Statement> statements(Piece piece) {
        return piece instanceof Piece.Sql sql ? sql.statements().stream() : Stream.empty();
    }

    private static String word(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }
}
