package app.trackpay.manifest;

import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.QualifiedName;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What tells an object from every other of a database.
 *
 * @param name as SQL writes it, quoted where it must be: {@code public.t}, {@code public.t.column}, {@code public.f(uuid)}; of default
 *     privileges {@code of ROLE in SCHEMA on OBJECTS}
 */
public record ObjectName(Kind kind, String name) implements Comparable<ObjectName> {

    private static final Map<String, Kind> KINDS =
            Arrays.stream(Kind.values()).collect(Collectors.toMap(Kind::toString, kind -> kind));

    /** Something with a name of its own in a schema. */
    static ObjectName of(Kind kind, QualifiedName name) {
        return new ObjectName(kind, name.sql());
    }

    /** Something of the whole database or cluster. */
    static ObjectName of(Kind kind, String name) {
        return new ObjectName(kind, Identifier.quote(name));
    }

    /** Something that belongs to a table, a view or a domain. */
    static ObjectName of(Kind kind, QualifiedName owner, String name) {
        return new ObjectName(kind, owner.sql() + "." + Identifier.quote(name));
    }

    /** What a manifest's file and findings call it; empty for a text that is no such name. */
    static Optional<ObjectName> parse(String text) {
        // a kind has two words at most, and no kind begins with another
        int space = text.indexOf(' ');
        while (space > 0) {
            Kind kind = KINDS.get(text.substring(0, space));
            if (kind != null && space + 1 < text.length()) {
                return Optional.of(new ObjectName(kind, text.substring(space + 1)));
            }
            space = space == text.indexOf(' ') ? text.indexOf(' ', space + 1) : -1;
        }
        return Optional.empty();
    }

    /** The name without its last part: of a column the table, of a table the schema. */
    public String container() {
        return name.substring(0, Math.max(0, lastDot()));
    }

    /** The last part of the name. */
    String last() {
        return name.substring(lastDot() + 1);
    }

    /** The schema it is in, as SQL writes it; the name itself for what is in none. */
    String schema() {
        String schema = name;
        for (ObjectName at = this; at.lastDot() > 0; at = new ObjectName(kind, schema)) {
            schema = at.container();
        }
        return schema;
    }

    /** The last dot outside of quotes and argument lists. */
    private int lastDot() {
        boolean quoted = false;
        int dot = -1;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '(' && !quoted) {
                break;
            } else if (c == '.' && !quoted) {
                dot = i;
            }
        }
        return dot;
    }

    @Override
    public int compareTo(ObjectName other) {
        // the order of the whole texts, without making them: a manifest is sorted several times
        return kind == other.kind ? name.compareTo(other.name) : kind.toString().compareTo(other.kind.toString());
    }

    /** Kind and name, e.g. {@code column public.trackpay_users.email}. */
    @Override
    public String toString() {
        return kind + " " + name;
    }
}
