package app.trackpay.manifest;

/** The kinds of object a manifest knows, in the words that findings use. */
public enum Kind {
    EXTENSION("extension"),
    SCHEMA("schema"),
    TABLE("table"),
    COLUMN("column"),
    CONSTRAINT("constraint"),
    INDEX("index"),
    POLICY("policy"),
    FUNCTION("function"),
    TRIGGER("trigger"),
    RULE("rule"),
    VIEW("view"),
    MATERIALIZED_VIEW("materialized view"),
    SEQUENCE("sequence"),
    TYPE("type"),
    DEFAULT_PRIVILEGES("default privileges"),
    PUBLICATION("publication"),
    ROLE("role");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** {@code 1 policy}, {@code 2 policies}. */
    String counted(long n) {
        if (n == 1 || words.endsWith("s")) {
            return n + " " + words;
        }
        return n + " "
                + (words.endsWith("y")
                        ? words.substring(0, words.length() - 1) + "ies"
                        : words.endsWith("x") ? words + "es" : words + "s");
    }

    @Override
    public String toString() {
        return words;
    }
}
