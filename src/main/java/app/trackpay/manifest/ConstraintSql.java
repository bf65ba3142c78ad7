package app.trackpay.manifest;

import java.util.List;
import java.util.Optional;

/** Constraints as statements. */
record ConstraintSql(Manifest actual) {

    /** A primary key: too much leans on it to drop it. */
    static boolean isKey(Entry constraint) {
        return constraint.text("definition").startsWith("PRIMARY KEY");
    }

    String add(Entry constraint) {
        return alter(constraint.object()) + " ADD CONSTRAINT "
                + constraint.object().last() + " " + definition(constraint);
    }

    String drop(Entry constraint) {
        return alter(constraint.object()) + " DROP CONSTRAINT "
                + constraint.object().last();
    }

    Optional<List<String>> alter(Entry expected, List<Change> changes) {
        ObjectName object = expected.object();
        boolean onlyValidation =
                changes.stream().allMatch(change -> change.attribute().equals("validated"));
        if (onlyValidation && expected.isTrue("validated")) {
            return Optional.of(List.of(alter(object) + " VALIDATE CONSTRAINT " + object.last()));
        }
        boolean broken = changes.stream().anyMatch(change -> change.attribute().equals("index valid"));
        if (isKey(expected) || broken) {
            return Optional.empty();
        }
        return Optional.of(
                isOfDomain(object)
                        ? List.of(alter(object) + " DROP CONSTRAINT " + object.last(), add(expected))
                        // in one statement: there is no moment without it
                        : List.of(alter(object) + " DROP CONSTRAINT " + object.last() + ", ADD CONSTRAINT "
                                + object.last() + " " + definition(expected)));
    }

    private static String definition(Entry constraint) {
        return constraint.text("definition")
                + constraint
                        .attribute("index options")
                        .map(o -> " WITH (" + o + ")")
                        .orElse("")
                + rule(" ON UPDATE ", constraint, "on update")
                + rule(" ON DELETE ", constraint, "on delete")
                + (constraint.isTrue("deferrable") ? " DEFERRABLE" : "")
                + (constraint.isTrue("initially deferred") ? " INITIALLY DEFERRED" : "")
                + (constraint.text("enforced").equals("no") ? " NOT ENFORCED" : "")
                + (constraint.isTrue("validated") || constraint.text("enforced").equals("no") ? "" : " NOT VALID");
    }

    private static String rule(String begin, Entry constraint, String attribute) {
        return constraint
                .attribute(attribute)
                .map(Value::text)
                .filter(rule -> !rule.equals("NO ACTION"))
                .map(rule -> begin + rule)
                .orElse("");
    }

    private boolean isOfDomain(ObjectName constraint) {
        return actual.entry(new ObjectName(Kind.TYPE, constraint.container())).isPresent();
    }

    private String alter(ObjectName constraint) {
        return isOfDomain(constraint)
                ? "ALTER DOMAIN " + constraint.container()
                : "ALTER TABLE " + constraint.container();
    }
}
