package app.trackpay.manifest;

import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.QualifiedName;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * What tells an object from every other of a database.
 *
 * @param name as SQL writes it, quoted where it must be: {@code public.t}, {@code public.t.column}, {@code public.f(uuid)}; of default
 *     privileges {@code of ROLE in SCHEMA on OBJECTS}
 */
public record ObjectName(Kind kind, String name) implements Comparable<ObjectName> {

    private static final Comparator<ObjectName> ORDER = Comparator.comparing(ObjectName::toString);

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
        return Arrays.stream(Kind.values())
                .filter(kind -> text.startsWith(kind + " ") && text.length() > kind.toString().length() + 1)
                .map(kind -> new ObjectName(kind, text.substring(kind.toString().length() + 1)))
                .findFirst();
    }

    /** The name without its last part: of a column the table, of a table the schema. */
    String container() {
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
        return ORDER.compare(this, other);
    }

    /** Kind and name, e.g. {@code column public.trackpay_users.email}. */
    @Override
    public String toString() {
        return kind + " " + name;
    }
}
