package app.trackpay.plan;

/** Something a step provides, together with the step. */
public record Declared<T>(Step step, T what) {}
