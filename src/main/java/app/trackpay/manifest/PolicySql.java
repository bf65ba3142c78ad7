package app.trackpay.manifest;

import java.util.List;
import java.util.Set;

/** Policies as statements. */
final class PolicySql {

    private static final Set<String> FIXED = Set.of("command", "permissive");

    private PolicySql() {}

    static String create(Entry policy) {
        return "CREATE POLICY " + on(policy.object()) + (policy.isTrue("permissive") ? "" : " AS RESTRICTIVE") + " FOR "
                + policy.text("command") + " TO " + policy.text("roles")
                + clause(" USING (", policy, "using") + clause(" WITH CHECK (", policy, "with check");
    }

    static String drop(ObjectName policy) {
        return "DROP POLICY " + on(policy);
    }

    /** Changes what can be changed; the rest, and a clause that must go, needs a new policy. */
    static List<String> alter(Entry expected, List<Change> changes) {
        boolean anew = changes.stream()
                .anyMatch(change ->
                        FIXED.contains(change.attribute()) || change.expected().isEmpty());
        if (anew) {
            return List.of(drop(expected.object()), create(expected));
        }
        StringBuilder alter = new StringBuilder("ALTER POLICY " + on(expected.object()));
        for (Change change : changes) {
            switch (change.attribute()) {
                case "roles" -> alter.append(" TO ").append(change.before());
                case "using" -> alter.append(clause(" USING (", expected, "using"));
                default -> alter.append(clause(" WITH CHECK (", expected, "with check"));
            }
        }
        return List.of(alter.toString());
    }

    private static String clause(String begin, Entry policy, String attribute) {
        return policy.attribute(attribute)
                .map(value -> begin + value.text() + ")")
                .orElse("");
    }

    private static String on(ObjectName policy) {
        return policy.last() + " ON " + policy.container();
    }
}
