package app.trackpay.plan;

import app.trackpay.catalog.QualifiedName;

/** A policy of a table. */
public record ProvidedPolicy(QualifiedName table, String name) {}
