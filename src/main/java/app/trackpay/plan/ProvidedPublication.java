package app.trackpay.plan;

import app.trackpay.catalog.QualifiedName;

/** A table in a publication, whole: every operation, row and column. */
public record ProvidedPublication(String publication, QualifiedName table) {}
