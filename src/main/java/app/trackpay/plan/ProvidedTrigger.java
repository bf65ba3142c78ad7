package app.trackpay.plan;

import app.trackpay.catalog.QualifiedName;

/** A trigger of a table. */
public record ProvidedTrigger(QualifiedName table, String name) {}
