package app.trackpay.manifest;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.RewriteRule;
import app.trackpay.catalog.Trigger;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is put on a table: policies, triggers and rules. */
final class AttachedEntries {

    private AttachedEntries() {}

    static Stream<Entry> of(Catalog catalog, Coverage coverage) {
        return Stream.of(
                        catalog.policies().stream()
                                .filter(policy -> coverage.attached(policy.table()))
                                .map(AttachedEntries::policy),
                        catalog.triggers().stream()
                                .filter(trigger -> coverage.attached(trigger.table()))
                                .map(AttachedEntries::trigger),
                        catalog.rules().stream()
                                .filter(rule -> coverage.relation(rule.table()))
                                .map(AttachedEntries::rule))
                .flatMap(entries -> entries);
    }

    private static Entry policy(Policy policy) {
        List<String> roles = policy.roles().stream()
                .map(role -> role.equals(Grant.PUBLIC) ? role : Identifier.quote(role))
                .toList();
        return Attributes.of(ObjectName.of(Kind.POLICY, policy.table(), policy.name()))
                .text("command", policy.command().name())
                .flag("permissive", policy.permissive())
                .text("roles", String.join(", ", roles))
                .text("using", policy.using())
                .text("with check", policy.withCheck())
                .entry();
    }

    private static Entry trigger(Trigger trigger) {
        return Attributes.of(ObjectName.of(Kind.TRIGGER, trigger.table(), trigger.name()))
                .text("definition", withoutName(trigger.definition(), trigger.name()))
                .text("enabled", word(trigger.enabled()))
                .entry();
    }

    private static Entry rule(RewriteRule rule) {
        return Attributes.of(ObjectName.of(Kind.RULE, rule.table(), rule.name()))
                .text("definition", withoutName(rule.definition(), rule.name()))
                .text("enabled", word(rule.enabled()))
                .entry();
    }

    /** {@code CREATE TRIGGER name BEFORE ...} from its {@code BEFORE} on, {@code CREATE RULE name AS ON ...} from its {@code AS} on. */
    private static String withoutName(String definition, String name) {
        String quoted = Identifier.quote(name);
        int at = definition.indexOf(" " + quoted + " ");
        if (at < 0) {
            // a word that the server quotes and a plain name need not be
            quoted = '"' + name + '"';
            at = definition.indexOf(" " + quoted + " ");
        }
        boolean constraint = definition.startsWith("CREATE CONSTRAINT");
        String rest = at < 0 ? definition : definition.substring(at + quoted.length() + 2);
        return (constraint ? "CONSTRAINT " : "") + rest.strip();
    }

    private static String word(Trigger.Enabled enabled) {
        return enabled.name().toLowerCase(Locale.ROOT);
    }
}
