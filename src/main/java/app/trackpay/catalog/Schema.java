package app.trackpay.catalog;

import java.util.List;

/** A schema. */
public record Schema(String name, String owner, List<Grant> grants) {}
