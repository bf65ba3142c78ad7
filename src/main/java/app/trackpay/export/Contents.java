package app.trackpay.export;

import app.trackpay.database.TableNeeds;
import app.trackpay.database.TableNeeds.Needed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The list of an archive as {@code pg_restore --list} prints it: a line an object, with the OIDs of its catalog and of itself.
 *
 * @param lines without the comments at its head
 */
record Contents(List<Line> lines) {

    private static final Pattern LINE = Pattern.compile("\\d+; (\\d+) (\\d+) (.*)");

    private static final Pattern PRIVILEGE_OF_TABLE = Pattern.compile("ACL \\S+ (?:TABLE|COLUMN|SEQUENCE) ");

    /**
     * One line.
     *
     * @param text as it stands
     * @param what kind, schema, name and owner
     */
    record Line(String text, long catalog, long oid, String what) {

        boolean isPolicy() {
            return what.startsWith("POLICY ");
        }

        boolean isComment() {
            return what.startsWith("COMMENT ");
        }

        boolean isPrivilege() {
            return what.startsWith("ACL ");
        }

        /** Who may call a function, or use a type, comes along: without its REVOKE it would be open to everybody. */
        boolean isPrivilegeOfTable() {
            return PRIVILEGE_OF_TABLE.matcher(what).lookingAt();
        }
    }

    static Contents of(String listed) {
        return new Contents(listed.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(m -> new Line(m.group(), Long.parseLong(m.group(1)), Long.parseLong(m.group(2)), m.group(3)))
                .toList());
    }

    /** What is wanted of it: the objects that the tables need, what is said about them, and the tables' locks and policies. */
    List<Line> of(TableNeeds needs, boolean withPolicies) {
        Set<List<Long>> known = needs.objects().stream()
                .map(needed -> List.of(needed.catalog(), needed.oid()))
                .collect(Collectors.toSet());
        Set<Long> tables = needs.of("table").stream().map(Needed::oid).collect(Collectors.toSet());
        List<Needed> named = needs.objects().stream()
                .filter(needed -> !needed.name().schema().isEmpty())
                .toList();
        List<Line> wanted = new ArrayList<>();
        boolean kept = false;
        for (Line line : lines) {
            // pg_dump puts comments and privileges right behind what they are about
            kept = line.isComment() || line.isPrivilege()
                    ? kept
                    : known.contains(List.of(line.catalog(), line.oid()))
                            || line.what().startsWith("ROW SECURITY ") && tables.contains(line.oid())
                            || line.isPolicy() && withPolicies && isOfOne(line, needs.of("table"))
                            || line.catalog() == 0
                                    && line.oid() == 0
                                    && named.stream().anyMatch(n -> isAbout(line, n));
            if (kept && !line.isPrivilegeOfTable()) {
                wanted.add(line);
            }
        }
        return List.copyOf(wanted);
    }

    /** The policies of the tables. */
    long policies(TableNeeds needs) {
        return lines.stream()
                .filter(line -> line.isPolicy() && isOfOne(line, needs.of("table")))
                .count();
    }

    /** The lines with privileges of the tables, their columns and sequences. */
    long granted(TableNeeds needs) {
        boolean kept = false;
        long granted = 0;
        for (Line line : lines) {
            if (!line.isComment() && !line.isPrivilege()) {
                kept = needs.objects().stream()
                        .anyMatch(needed -> needed.catalog() == line.catalog() && needed.oid() == line.oid());
            }
            granted += kept && line.isPrivilegeOfTable() ? 1 : 0;
        }
        return granted;
    }

    private static boolean isOfOne(Line line, List<Needed> tables) {
        return tables.stream()
                .anyMatch(t -> line.what()
                        .startsWith(
                                "POLICY " + t.name().schema() + " " + t.name().name() + " "));
    }

    /** Partitions and the ownership of sequences have no OID of their own. */
    private static boolean isAbout(Line line, Needed needed) {
        return Stream.of("SEQUENCE OWNED BY ", "TABLE ATTACH ", "INDEX ATTACH ")
                .anyMatch(kind -> line.what()
                        .startsWith(kind + needed.name().schema() + " "
                                + needed.name().name() + " "));
    }
}
