package app.trackpay.check;

import app.trackpay.plan.Step;
import java.util.Optional;

/**
 * Something that is not as it should be, in words a person can act on.
 *
 * @param check id of the check
 * @param object kind and name, e.g. {@code table public.trackpay_payments}
 * @param message what is wrong and why it matters, one sentence
 * @param fix what to do next
 * @param step the step that makes the object, where one is declared
 * @param repair SQL that repairs it, where there is a safe one
 * @param shows SQL that shows the fault
 * @param cause the object that is at fault, as it is named above, where that is another one
 */
public record Finding(
        String check,
        Severity severity,
        String object,
        String message,
        String fix,
        Optional<Step> step,
        Optional<String> repair,
        Optional<String> shows,
        Optional<String> cause) {

    /** A finding with its cause and what to do about it. */
    public Finding(String check, Severity severity, String object, String message, String fix) {
        this(
                check,
                severity,
                object,
                message,
                fix,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, taken as seriously as this. */
    public Finding as(Severity other) {
        return new Finding(check, other, object, message, fix, step, repair, shows, cause);
    }

    /** The same in other words. */
    public Finding saying(String other) {
        return new Finding(check, severity, object, other, fix, step, repair, shows, cause);
    }

    /** The same, with something else to do about it. */
    public Finding advising(String other) {
        return new Finding(check, severity, object, message, other, step, repair, shows, cause);
    }

    /** The same, with the object that is at fault. */
    public Finding causedBy(String other) {
        return new Finding(check, severity, object, message, fix, step, repair, shows, Optional.of(other));
    }

    /** The same, with the step that makes the object. */
    public Finding from(Step origin) {
        return new Finding(check, severity, object, message, fix, Optional.of(origin), repair, shows, cause);
    }

    /** The same, with SQL that repairs it. */
    public Finding repairedBy(String sql) {
        return new Finding(check, severity, object, message, fix, step, Optional.of(sql), shows, cause);
    }

    /** The same, without SQL that repairs it: it may be meant. */
    public Finding unrepaired() {
        return new Finding(check, severity, object, message, fix, step, Optional.empty(), shows, cause);
    }

    /** The same, with SQL that shows it. */
    public Finding shownBy(String sql) {
        return new Finding(check, severity, object, message, fix, step, repair, Optional.of(sql), cause);
    }

    /** What a suppression and a baseline know it by: stable from run to run. */
    public String key() {
        return check + "|" + object;
    }
}
