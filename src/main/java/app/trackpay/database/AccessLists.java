package app.trackpay.database;

import app.trackpay.catalog.Grant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads access lists from the text the server writes for them ({@code role=privileges/grantor}). Most objects of a database share a few
 * lists, so each is read once; the server would have to look up every role of every list.
 */
final class AccessLists {

    private static final Map<Character, String> PRIVILEGES = Map.ofEntries(
            Map.entry('a', "INSERT"),
            Map.entry('r', "SELECT"),
            Map.entry('w', "UPDATE"),
            Map.entry('d', "DELETE"),
            Map.entry('D', "TRUNCATE"),
            Map.entry('x', "REFERENCES"),
            Map.entry('t', "TRIGGER"),
            Map.entry('X', "EXECUTE"),
            Map.entry('U', "USAGE"),
            Map.entry('C', "CREATE"),
            Map.entry('T', "TEMPORARY"),
            Map.entry('c', "CONNECT"),
            Map.entry('s', "SET"),
            Map.entry('A', "ALTER SYSTEM"),
            Map.entry('m', "MAINTAIN"));

    private static final String MAINTAIN = "MAINTAIN";

    private static final List<String> ALL_ON_A_TABLE =
            List.of("DELETE", "INSERT", MAINTAIN, "REFERENCES", "SELECT", "TRIGGER", "TRUNCATE", "UPDATE");

    private static final Comparator<Grant> ORDER =
            Comparator.comparing(Grant::grantee).thenComparing(Grant::privilege).thenComparing(Grant::grantor);

    private record Key(String list, Optional<String> owner) {}

    private final Map<Key, List<Grant>> known = new HashMap<>();

    /**
     * The grants of a list, sorted. Of an owner who holds everything, MAINTAIN is left out: servers before 17 do not have it, and it says
     * nothing that ownership does not.
     *
     * @param list an array of access items as text
     * @param owner whose full privileges go without saying
     */
    List<Grant> read(String list, Optional<String> owner) {
        return known.computeIfAbsent(new Key(list, owner), key -> {
            List<Grant> grants = ArrayLiteral.read(key.list()).stream()
                    .flatMap(AccessLists::item)
                    .sorted(ORDER)
                    .toList();
            return key.owner().map(name -> withoutMaintain(name, grants)).orElse(grants);
        });
    }

    private static List<Grant> withoutMaintain(String owner, List<Grant> grants) {
        List<String> held = grants.stream()
                .filter(grant ->
                        grant.grantee().equals(owner) && grant.grantor().equals(owner))
                .map(Grant::privilege)
                .collect(Collectors.toList());
        return held.equals(ALL_ON_A_TABLE)
                ? grants.stream()
                        .filter(grant -> !grant.grantee().equals(owner)
                                || !grant.grantor().equals(owner)
                                || !grant.privilege().equals(MAINTAIN))
                        .toList()
                : grants;
    }

    private static Stream<Grant> item(String item) {
        StringBuilder grantee = new StringBuilder();
        int equals = role(item, 0, grantee);
        int slash = item.indexOf('/', equals);
        StringBuilder grantor = new StringBuilder();
        role(item, slash + 1, grantor);
        String letters = item.substring(equals + 1, slash);
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < letters.length(); i++) {
            boolean grantable = i + 1 < letters.length() && letters.charAt(i + 1) == '*';
            String privilege = PRIVILEGES.getOrDefault(letters.charAt(i), String.valueOf(letters.charAt(i)));
            grants.add(new Grant(
                    grantee.isEmpty() ? Grant.PUBLIC : grantee.toString(), privilege, grantable, grantor.toString()));
            if (grantable) {
                i++;
            }
        }
        return grants.stream();
    }

    /** Reads a role's name, quoted or not, and answers where it ends. */
    private static int role(String item, int start, StringBuilder name) {
        boolean quoted = false;
        int at = start;
        for (; at < item.length(); at++) {
            char c = item.charAt(at);
            if (c == '"') {
                if (quoted && at + 1 < item.length() && item.charAt(at + 1) == '"') {
                    name.append(c);
                    at++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == '=' && !quoted) {
                break;
            } else {
                name.append(c);
            }
        }
        return at;
    }
}
