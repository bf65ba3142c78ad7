package app.trackpay.apply;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The two settings that a file may not change freely: the driver closes the connection when the server tells it of another value. */
enum DriverSetting {
    DATE_STYLE(
            "DateStyle",
            "the connection needs DateStyle to begin with ISO and closes with any other. Write SET datestyle = 'ISO, DMY' (or MDY, YMD): how "
                    + "dates in the file are read depends on the order alone.") {
        @Override
        boolean takes(String value) {
            return Arrays.stream(value.split("[,\\s]+"))
                    .noneMatch(word -> word.equals("SQL") || word.startsWith("POSTGRES") || word.startsWith("GERMAN"));
        }
    },
    CLIENT_ENCODING(
            "client_encoding",
            "files are read and sent as UTF-8, and the connection closes with any other client_encoding. Save the file as UTF-8 and write "
                    + "SET client_encoding = 'UTF8', or remove the line.") {
        @Override
        boolean takes(String value) {
            String bare = value.replaceAll("[^A-Z0-9]", "");
            return bare.isEmpty() || bare.equals("UTF8") || bare.equals("DEFAULT");
        }
    };

    private final String name;
    private final String instead;

    DriverSetting(String name, String instead) {
        this.name = name;
        this.instead = instead;
    }

    /** Whether the connection stays open with a value, written in upper case. */
    abstract boolean takes(String value);

    /**
     * What is wrong with a statement of a file, if it sets one of them to what the connection does not survive.
     *
     * @param words in upper case, those in quotes as if they stood there without
     */
    static Optional<String> problem(List<String> words) {
        return switch (words.isEmpty() ? "" : words.get(0)) {
            case "SET" -> set(words);
            case "SELECT" -> select(words);
            default -> Optional.empty();
        };
    }

    /** What to do where the driver gave up because of one of them, which code inside the database can set as well. */
    static Optional<String> advice(String message) {
        return Arrays.stream(values())
                .filter(setting -> message.contains(setting.name))
                .findFirst()
                .map(setting -> "this statement, or one that was sent with it, sets it, in a DO block or a function: "
                        + setting.instead);
    }

    private static Optional<String> set(List<String> words) {
        boolean scoped = words.size() > 1 && List.of("SESSION", "LOCAL").contains(words.get(1));
        int name = scoped ? 2 : 1;
        if (words.size() > name + 1 && words.get(name).equals("NAMES")) {
            return problem(CLIENT_ENCODING.name, words.subList(name + 1, words.size()));
        }
        return words.size() > name + 2
                ? problem(words.get(name), words.subList(name + 2, words.size()))
                : Optional.empty();
    }

    private static Optional<String> select(List<String> words) {
        int call = words.indexOf("SET_CONFIG");
        return call > 0 && words.size() > call + 4
                ? problem(words.get(call + 2), List.of(words.get(call + 4)))
                : Optional.empty();
    }

    private static Optional<String> problem(String name, List<String> value) {
        return Arrays.stream(values())
                .filter(setting -> setting.name.toUpperCase(Locale.ROOT).equals(name.toUpperCase(Locale.ROOT)))
                .filter(setting -> !setting.takes(String.join(" ", value)))
                .findFirst()
                .map(setting -> setting.instead);
    }
}
