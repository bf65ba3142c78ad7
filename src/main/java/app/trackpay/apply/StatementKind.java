package app.trackpay.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a statement asks of whoever runs it. */
public enum StatementKind {
    /** Nothing: the server takes it as it stands. */
    PLAIN,
    /** It changes the session's settings for longer than the transaction, and nothing else. */
    SESSION,
    /** The server refuses it inside a transaction. */
    ALONE,
    /** The server refuses it inside a transaction or takes it there, depending on what it works on, which its words do not tell. */
    APART,
    /** {@code COPY ... FROM STDIN}: rows follow in the file. */
    COPY_IN,
    /** {@code COPY ... TO STDOUT}. */
    COPY_OUT,
    /** {@code BEGIN} or {@code START TRANSACTION} of a transaction that writes. */
    BEGIN,
    /** A plain {@code COMMIT} or {@code END}. */
    COMMIT,
    /** {@code ROLLBACK} or {@code ABORT}, not to a savepoint. */
    ROLLBACK,
    /** Any other that begins, ends or shapes a transaction. */
    TRANSACTION;

    /**
     * @param words the statement's unquoted words in upper case, parentheses and other single characters as they stand; a quoted name or
     *     string is an empty one
     */
    static StatementKind of(List<String> words) {
        return switch (word(words, 0)) {
            case "BEGIN" -> words.contains("ONLY") ? TRANSACTION : BEGIN;
            case "COMMIT", "END" -> endsPlainly(words) ? COMMIT : TRANSACTION;
            case "START" -> words.contains("ONLY") ? TRANSACTION : BEGIN;
            case "ABORT" -> ROLLBACK;
            case "ROLLBACK" -> words.contains("TO") ? PLAIN : words.contains("PREPARED") ? TRANSACTION : ROLLBACK;
            case "PREPARE" -> word(words, 1).equals("TRANSACTION") ? TRANSACTION : PLAIN;
            case "SET" -> set(words);
            case "RESET" -> SESSION;
            case "SELECT" -> setsConfiguration(words) ? SESSION : PLAIN;
            case "COPY" -> copy(words);
            default -> Standalone.kind(words);
        };
    }

    private static boolean endsPlainly(List<String> words) {
        return !words.contains("PREPARED") && (!words.contains("CHAIN") || words.contains("NO"));
    }

    private static StatementKind set(List<String> words) {
        boolean scoped = Set.of("SESSION", "LOCAL").contains(word(words, 1));
        if (word(words, scoped ? 2 : 1).equals("TRANSACTION")) {
            return TRANSACTION;
        }
        return Set.of("LOCAL", "CONSTRAINTS").contains(word(words, 1)) ? PLAIN : SESSION;
    }

    /** Whether it begins with a call of set_config, and none of its calls is for the transaction alone. */
    private static boolean setsConfiguration(List<String> words) {
        if (!startsWith(words, "SELECT", "SET_CONFIG", "(")
                && !startsWith(words, "SELECT", "PG_CATALOG", ".", "SET_CONFIG", "(")) {
            return false;
        }
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).equals("SET_CONFIG")
                    && words.get(i + 1).equals("(")
                    && !thirdArgument(words, i + 1).equals(List.of("FALSE"))) {
                return false;
            }
        }
        return true;
    }

    /** The words between the second and the third comma of a list in parentheses, or its end. */
    private static List<String> thirdArgument(List<String> words, int open) {
        int depth = 0;
        int commas = 0;
        List<String> argument = new ArrayList<>();
        for (String word : words.subList(open, words.size())) {
            depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
            if (depth == 0) {
                break;
            }
            if (depth == 1 && word.equals(",")) {
                commas++;
            } else if (commas == 2) {
                argument.add(word);
            }
        }
        return argument;
    }

    private static StatementKind copy(List<String> words) {
        int depth = 0;
        for (int i = 0; i + 1 < words.size(); i++) {
            String word = words.get(i);
            depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
            if (depth == 0 && word.equals("FROM") && words.get(i + 1).equals("STDIN")) {
                return COPY_IN;
            }
            if (depth == 0 && word.equals("TO") && words.get(i + 1).equals("STDOUT")) {
                return COPY_OUT;
            }
        }
        return PLAIN;
    }

    private static boolean startsWith(List<String> words, String... expected) {
        return words.size() >= expected.length
                && words.subList(0, expected.length).equals(List.of(expected));
    }

    private static String word(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }
}
