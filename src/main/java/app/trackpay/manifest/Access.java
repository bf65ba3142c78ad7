package app.trackpay.manifest;

import static app.trackpay.manifest.Direction.NARROWED;
import static app.trackpay.manifest.Direction.UNCLEAR;
import static app.trackpay.manifest.Direction.WIDENED;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which way access moves with a difference. Only what is certain without reading an expression is called wider or narrower: policies, grants,
 * row level security, roles, and functions and views that work with their owner's rights.
 */
final class Access {

    private Access() {}

    /** What the presence of an object means, seen from its absence. */
    static Optional<Direction> of(Entry entry) {
        return switch (entry.object().kind()) {
            case POLICY -> Optional.of(entry.isTrue("permissive") ? WIDENED : NARROWED);
            case ROLE -> Optional.of(UNCLEAR);
            case DEFAULT_PRIVILEGES -> Optional.of(entry.object().name().contains(" in ") ? WIDENED : UNCLEAR);
            case COLUMN, TABLE, VIEW, MATERIALIZED_VIEW, FUNCTION, SEQUENCE, SCHEMA, TYPE ->
                grants(entry) ? Optional.of(WIDENED) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean grants(Entry entry) {
        return entry.attributes().keySet().stream().anyMatch(name -> name.startsWith(Privileges.ATTRIBUTE));
    }

    /** What the change of an attribute means. */
    static Optional<Direction> of(Entry expected, Entry actual, String attribute) {
        String before = expected.text(attribute);
        String after = actual.text(attribute);
        if (attribute.equals(Privileges.REVOKED)) {
            return Optional.of(
                    sets(Privileges.held(before), Privileges.held(after)).reversed());
        }
        if (attribute.startsWith(Privileges.ATTRIBUTE)) {
            return Optional.of(sets(Privileges.held(before), Privileges.held(after)));
        }
        return switch (expected.object().kind()) {
            case POLICY -> policy(expected, attribute, before, after);
            case TABLE ->
                switch (attribute) {
                    case "row security", "force row security" ->
                        Optional.of(actual.isTrue(attribute) ? NARROWED : WIDENED);
                    case "owner" -> Optional.of(UNCLEAR);
                    default -> Optional.empty();
                };
            case FUNCTION -> function(expected, actual, attribute);
            case VIEW ->
                switch (attribute) {
                    case "options" -> invoker(expected, actual);
                    case "owner" -> Optional.of(UNCLEAR);
                    default -> Optional.empty();
                };
            case MATERIALIZED_VIEW, SCHEMA -> attribute.equals("owner") ? Optional.of(UNCLEAR) : Optional.empty();
            case ROLE -> role(attribute, before, after);
            default -> Optional.empty();
        };
    }

    private static Optional<Direction> policy(Entry expected, String attribute, String before, String after) {
        Direction more = expected.isTrue("permissive") ? WIDENED : NARROWED;
        return Optional.of(
                switch (attribute) {
                    case "roles" -> {
                        Direction roles = roles(before, after);
                        yield more == WIDENED ? roles : roles.reversed();
                    }
                    case "permissive" -> more.reversed();
                    case "command" -> after.equals("ALL") ? more : before.equals("ALL") ? more.reversed() : UNCLEAR;
                    default -> condition(before, after);
                });
    }

    /** A condition that lets every row through, or none. */
    private static Direction condition(String before, String after) {
        if (after.equals("true") || before.equals("false")) {
            return WIDENED;
        }
        return after.equals("false") || before.equals("true") ? NARROWED : UNCLEAR;
    }

    private static Direction roles(String before, String after) {
        Set<String> from = Arrays.stream(before.split(", ")).collect(Collectors.toSet());
        Set<String> to = Arrays.stream(after.split(", ")).collect(Collectors.toSet());
        if (to.contains("PUBLIC")) {
            return WIDENED;
        }
        return from.contains("PUBLIC") ? NARROWED : sets(from, to);
    }

    private static Direction sets(Set<String> before, Set<String> after) {
        if (after.containsAll(before)) {
            return WIDENED;
        }
        return before.containsAll(after) ? NARROWED : withOption(before, after);
    }

    /** A grant option that came or went with a privilege that stays. */
    private static Direction withOption(Set<String> before, Set<String> after) {
        Set<String> from = before.stream().map(Privileges::bare).collect(Collectors.toSet());
        Set<String> to = after.stream().map(Privileges::bare).collect(Collectors.toSet());
        long optionsBefore = before.stream().filter(Privileges::isGrantable).count();
        long optionsAfter = after.stream().filter(Privileges::isGrantable).count();
        if (to.containsAll(from) && optionsBefore == 0) {
            return WIDENED;
        }
        return from.containsAll(to) && optionsAfter == 0 ? NARROWED : UNCLEAR;
    }

    /** A function that runs with its owner's rights, before or after: what it does with them is for a person to read. */
    private static Optional<Direction> function(Entry expected, Entry actual, String attribute) {
        boolean definer = expected.isTrue("security definer") || actual.isTrue("security definer");
        return definer
                        && Set.of("security definer", "body", "owner", "settings", "language")
                                .contains(attribute)
                ? Optional.of(UNCLEAR)
                : Optional.empty();
    }

    private static Optional<Direction> invoker(Entry expected, Entry actual) {
        boolean before = ViewOptions.isInvoker(expected);
        boolean after = ViewOptions.isInvoker(actual);
        return before == after ? Optional.empty() : Optional.of(after ? NARROWED : WIDENED);
    }

    private static Optional<Direction> role(String attribute, String before, String after) {
        if (attribute.startsWith("member of ")) {
            return Optional.of(before.isEmpty() ? WIDENED : after.isEmpty() ? NARROWED : UNCLEAR);
        }
        return Set.of(
                                "superuser",
                                "inherit",
                                "create role",
                                "create database",
                                "login",
                                "replication",
                                "bypass row security")
                        .contains(attribute)
                ? Optional.of(after.equals("yes") ? WIDENED : NARROWED)
                : Optional.empty();
    }
}
