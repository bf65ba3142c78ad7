package app.trackpay.check.health;

/** A number of things, in English. */
final class Count {

    private Count() {}

    /** {@code 1 policy}, {@code 2 policies}, {@code 3 indexes}. */
    static String of(long number, String noun) {
        return number + " " + (number == 1 ? noun : plural(noun));
    }

    private static String plural(String noun) {
        if (noun.endsWith("y") && !noun.endsWith("ey")) {
            return noun.substring(0, noun.length() - 1) + "ies";
        }
        return noun + (noun.endsWith("x") ? "es" : "s");
    }
}
