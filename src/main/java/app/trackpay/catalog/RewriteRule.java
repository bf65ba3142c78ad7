package app.trackpay.catalog;

/** A rule that a person made (not the one that is a view). */
public record RewriteRule(QualifiedName table, String name, Trigger.Enabled enabled, String definition) {}
