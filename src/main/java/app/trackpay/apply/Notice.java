package app.trackpay.apply;

/**
 * What the server said beside its results.
 *
 * @param warning somebody should read it; else it is for the curious
 */
public record Notice(boolean warning, String message) {}
