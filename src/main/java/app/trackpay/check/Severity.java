package app.trackpay.check;

import java.util.Locale;

/** How bad a finding is; the order is from bad to harmless. */
public enum Severity {
    /** Not a fault that is known: a question that could not be asked of the object, which is why nobody can say that it is all right. */
    COULD_NOT_RUN,
    ERROR,
    WARNING,
    INFO;

    /** As users read and write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
