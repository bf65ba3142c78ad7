package app.trackpay.apply;

import static app.trackpay.apply.StatementKind.ALONE;
import static app.trackpay.apply.StatementKind.APART;
import static app.trackpay.apply.StatementKind.PLAIN;

import java.util.List;
import java.util.Set;

/**
 * Which statements the server refuses inside a transaction, in releases 14 to 18, as far as their words tell. Words are as in
 * {@link StatementKind#of}.
 */
final class Standalone {

    private static final Set<String> NO = Set.of("FALSE", "OFF", "0");

    private Standalone() {}

    static StatementKind kind(List<String> words) {
        return switch (word(words, 0)) {
            case "VACUUM" -> ALONE;
            case "CLUSTER" -> cluster(words);
            case "DISCARD" -> word(words, 1).equals("ALL") ? ALONE : PLAIN;
            case "REINDEX" -> reindex(words);
            case "CREATE" -> create(words);
            case "DROP" -> drop(words);
            case "ALTER" -> alter(words);
            default -> PLAIN;
        };
    }

    /** Without a table it takes all of them, one by one; so it does with the partitions of one. */
    private static StatementKind cluster(List<String> words) {
        int name = behindOptions(words);
        return name + (word(words, name).equals("VERBOSE") ? 1 : 0) < words.size() ? APART : ALONE;
    }

    /** The partitions of a table, or of an index, are taken one by one. */
    private static StatementKind reindex(List<String> words) {
        int kind = behindOptions(words);
        int option = words.subList(0, kind).indexOf("CONCURRENTLY");
        boolean concurrently = word(words, kind + 1).equals("CONCURRENTLY")
                || option > 0
                        && !NO.contains(word(
                                words, option + (word(words, option + 1).equals("=") ? 2 : 1)));
        return concurrently || Set.of("SCHEMA", "DATABASE", "SYSTEM").contains(word(words, kind)) ? ALONE : APART;
    }

    private static StatementKind create(List<String> words) {
        return switch (word(words, 1)) {
            case "DATABASE", "TABLESPACE" -> ALONE;
            // who makes no slot on the publisher may be in a transaction
            case "SUBSCRIPTION" -> words.contains("CONNECT") || words.contains("CREATE_SLOT") ? APART : ALONE;
            case "INDEX" -> word(words, 2).equals("CONCURRENTLY") ? ALONE : PLAIN;
            case "UNIQUE" -> word(words, 2).equals("INDEX") && word(words, 3).equals("CONCURRENTLY") ? ALONE : PLAIN;
            default -> PLAIN;
        };
    }

    private static StatementKind drop(List<String> words) {
        return switch (word(words, 1)) {
            case "DATABASE", "TABLESPACE" -> ALONE;
            // it depends on whether it has a slot
            case "SUBSCRIPTION" -> APART;
            case "INDEX" -> word(words, 2).equals("CONCURRENTLY") ? ALONE : PLAIN;
            default -> PLAIN;
        };
    }

    private static StatementKind alter(List<String> words) {
        return switch (word(words, 1)) {
            case "SYSTEM" -> ALONE;
            case "DATABASE" -> word(words, 3).equals("SET") && word(words, 4).equals("TABLESPACE") ? ALONE : PLAIN;
            case "SUBSCRIPTION" -> subscription(words);
            case "TABLE" -> words.contains("DETACH") && words.contains("CONCURRENTLY") ? ALONE : PLAIN;
            default -> PLAIN;
        };
    }

    private static StatementKind subscription(List<String> words) {
        return switch (word(words, 3)) {
            case "REFRESH" -> ALONE;
            case "ADD", "DROP" -> words.contains("REFRESH") ? APART : ALONE;
            // of its options some change the slot on the publisher, from some release on
            case "SET" -> word(words, 4).equals("PUBLICATION") && !words.contains("REFRESH") ? ALONE : APART;
            default -> PLAIN;
        };
    }

    /** The word behind {@code COMMAND ( ... )}. */
    private static int behindOptions(List<String> words) {
        return word(words, 1).equals("(") ? Math.max(1, words.indexOf(")")) + 1 : 1;
    }

    private static String word(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }
}
