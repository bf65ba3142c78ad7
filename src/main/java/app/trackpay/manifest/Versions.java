package app.trackpay.manifest;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What two servers say differently although they mean the same, because they are of different major versions. Between equal versions nothing
 * is forgiven.
 *
 * @param expected the manifest's major version
 * @param actual the server's
 */
record Versions(int expected, int actual) {

    private static final int MAINTAIN_SINCE = 17;
    private static final int BARE_COLUMNS_SINCE = 16;
    private static final int MEMBERSHIP_OPTIONS_SINCE = 16;
    private static final Set<String> DEPARSED = Set.of("definition", "body", "using", "with check");
    private static final Pattern QUALIFIER =
            Pattern.compile("(?<![\\w.\"])((?:\"[^\"]+\"|[a-z_][\\w$]*))\\.(?=[\"\\w*])");

    /** Whether an attribute of an object is the same on both. */
    boolean same(Entry entry, Entry other, String attribute) {
        Optional<Value> here = entry.attribute(attribute);
        Optional<Value> there = other.attribute(attribute);
        return here.equals(there) || expected != actual && means(entry, attribute, here, there);
    }

    private boolean means(Entry entry, String attribute, Optional<Value> here, Optional<Value> there) {
        Kind kind = entry.object().kind();
        if (kind == Kind.EXTENSION) {
            // each server comes with its own
            return attribute.equals("version");
        }
        if (attribute.startsWith("member of ")) {
            return between(MEMBERSHIP_OPTIONS_SINCE) && here.isPresent() && there.isPresent();
        }
        return DEPARSED.contains(attribute)
                && between(BARE_COLUMNS_SINCE)
                && here.isPresent()
                && there.isPresent()
                && bare(older(here, there), newer(here, there));
    }

    /** Whether one is of before a version and the other is not. */
    private boolean between(int version) {
        return Math.min(expected, actual) < version && Math.max(expected, actual) >= version;
    }

    private String older(Optional<Value> here, Optional<Value> there) {
        return (expected < actual ? here : there).map(Value::text).orElse("");
    }

    private String newer(Optional<Value> here, Optional<Value> there) {
        return (expected < actual ? there : here).map(Value::text).orElse("");
    }

    /** A manifest without the privilege that one of the servers does not have. */
    Manifest common(Manifest manifest) {
        if (!between(MAINTAIN_SINCE)) {
            return manifest;
        }
        SortedMap<ObjectName, Entry> entries = new TreeMap<>();
        manifest.entries().forEach((object, entry) -> entries.put(object, withoutMaintain(entry)));
        return new Manifest(manifest.server(), entries);
    }

    private static Entry withoutMaintain(Entry entry) {
        SortedMap<String, Value> attributes = new TreeMap<>(entry.attributes());
        attributes.replaceAll((name, value) -> name.startsWith(Privileges.ATTRIBUTE)
                ? Value.of(Privileges.held(value.text()).stream()
                        .filter(privilege -> !Privileges.bare(privilege).equals("MAINTAIN"))
                        .collect(Collectors.joining(", ")))
                : value);
        attributes
                .entrySet()
                .removeIf(attribute -> attribute.getKey().startsWith(Privileges.ATTRIBUTE)
                        && attribute.getValue().text().isEmpty());
        return new Entry(entry.object(), attributes);
    }

    /** Before 16 a view over one relation names it before each column. */
    private static boolean bare(String older, String newer) {
        Set<String> qualifiers = qualifiers(older);
        qualifiers.removeAll(qualifiers(newer));
        return qualifiers.size() == 1
                && older.replaceAll(
                                "(?<![\\w.\"])"
                                        + Pattern.quote(qualifiers.iterator().next() + "."),
                                "")
                        .equals(newer);
    }

    private static Set<String> qualifiers(String text) {
        Matcher found = QUALIFIER.matcher(text);
        return found.results().map(result -> result.group(1)).collect(Collectors.toSet());
    }
}
