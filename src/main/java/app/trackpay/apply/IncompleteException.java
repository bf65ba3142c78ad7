package app.trackpay.apply;

import app.trackpay.check.Finding;
import java.util.List;

/** A unit ran to its end, and its step did not leave behind what it provides. */
final class IncompleteException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Unit unit;
    private final transient List<Finding> missing;
    private final int partsDone;

    /**
     * @param missing at least one
     * @param partsDone how many parts of the unit are done and stay
     */
    IncompleteException(Unit unit, List<Finding> missing, int partsDone) {
        super(unit.name() + " is incomplete");
        this.unit = unit;
        this.missing = missing;
        this.partsDone = partsDone;
    }

    Unit unit() {
        return unit;
    }

    List<Finding> missing() {
        return missing;
    }

    int partsDone() {
        return partsDone;
    }
}
