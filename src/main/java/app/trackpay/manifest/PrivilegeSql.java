package app.trackpay.manifest;

import app.trackpay.catalog.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** GRANT and REVOKE. */
final class PrivilegeSql {

    private static final Pattern OF_VIEW_COLUMN = Pattern.compile("(.*) on (\"(?:[^\"]|\"\")+\"|[^ \"]+)");
    private static final Pattern DEFAULTS = Pattern.compile("of (.*?)(?: in (.*))? on (\\w+(?: \\w+)*)");

    private PrivilegeSql() {}

    static boolean isAbout(String attribute) {
        return attribute.startsWith(Privileges.ATTRIBUTE) || attribute.equals(Privileges.REVOKED);
    }

    /** What leads from the privileges of one entry to those of another. */
    static List<String> from(Optional<Entry> before, Entry after) {
        Set<String> attributes = new TreeSet<>(after.attributes().keySet());
        before.ifPresent(entry -> attributes.addAll(entry.attributes().keySet()));
        return attributes.stream()
                .filter(PrivilegeSql::isAbout)
                .map(name -> new Change(
                        name, after.attribute(name), before.flatMap(entry -> entry.attribute(name)), Optional.empty()))
                .flatMap(change -> of(after, change).stream())
                .toList();
    }

    /** What gives one grantee again what the manifest says. */
    static List<String> of(Entry expected, Change change) {
        boolean owner = change.attribute().equals(Privileges.REVOKED);
        String grantee = owner
                ? Identifier.quote(expected.text("owner"))
                : change.attribute().substring(Privileges.ATTRIBUTE.length());
        // what the owner lacks is to be revoked
        Set<String> wanted = Privileges.held(owner ? change.after() : change.before());
        Set<String> held = Privileges.held(owner ? change.before() : change.after());
        List<String> statements = new ArrayList<>();
        Set<String> bareWanted = bare(wanted);
        Set<String> bareHeld = bare(held);
        add(statements, expected.object(), "REVOKE ", without(bareHeld, bareWanted), grantee, "");
        add(
                statements,
                expected.object(),
                "REVOKE GRANT OPTION FOR ",
                without(both(grantable(held), bareWanted), grantable(wanted)),
                grantee,
                "");
        add(
                statements,
                expected.object(),
                "GRANT ",
                without(without(bareWanted, bareHeld), grantable(wanted)),
                grantee,
                "");
        add(
                statements,
                expected.object(),
                "GRANT ",
                without(grantable(wanted), grantable(held)),
                grantee,
                " WITH GRANT OPTION");
        return statements;
    }

    private static void add(
            List<String> statements,
            ObjectName object,
            String verb,
            Set<String> privileges,
            String grantee,
            String end) {
        if (privileges.isEmpty()) {
            return;
        }
        String preposition = verb.startsWith("REVOKE") ? " FROM " : " TO ";
        Matcher column = OF_VIEW_COLUMN.matcher(grantee);
        boolean ofView = object.kind() == Kind.VIEW || object.kind() == Kind.MATERIALIZED_VIEW;
        if (object.kind() == Kind.COLUMN) {
            statements.add(verb + each(privileges, object.last()) + " ON TABLE " + object.container() + preposition
                    + grantee + end);
        } else if (ofView && column.matches()) {
            statements.add(verb + each(privileges, column.group(2)) + " ON TABLE " + object.name() + preposition
                    + column.group(1) + end);
        } else if (object.kind() == Kind.DEFAULT_PRIVILEGES) {
            statements.add(defaults(object) + verb + String.join(", ", privileges) + " ON " + on(object) + preposition
                    + grantee + end);
        } else {
            statements.add(verb + String.join(", ", privileges) + " ON " + on(object) + preposition + grantee + end);
        }
    }

    /** An object as GRANT names it. */
    static String on(ObjectName object) {
        return switch (object.kind()) {
            case FUNCTION -> "ROUTINE " + object.name();
            case SEQUENCE, SCHEMA, TYPE -> object.kind().name() + " " + object.name();
            case DEFAULT_PRIVILEGES ->
                object.name().substring(object.name().lastIndexOf(" on ") + 4).toUpperCase(Locale.ROOT);
            default -> "TABLE " + object.name();
        };
    }

    private static String defaults(ObjectName object) {
        Matcher name = DEFAULTS.matcher(object.name());
        if (!name.matches()) {
            throw new IllegalArgumentException(object.toString());
        }
        return "ALTER DEFAULT PRIVILEGES FOR ROLE " + name.group(1)
                + (name.group(2) == null ? "" : " IN SCHEMA " + name.group(2)) + " ";
    }

    private static String each(Set<String> privileges, String column) {
        return privileges.stream().map(p -> p + " (" + column + ")").collect(Collectors.joining(", "));
    }

    private static Set<String> bare(Set<String> privileges) {
        return privileges.stream().map(Privileges::bare).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> grantable(Set<String> privileges) {
        return privileges.stream()
                .filter(Privileges::isGrantable)
                .map(Privileges::bare)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.retainAll(other);
        return both;
    }
}
