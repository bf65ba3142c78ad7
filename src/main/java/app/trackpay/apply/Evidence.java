package app.trackpay.apply;

import app.trackpay.check.Finding;
import java.util.List;

/**
 * What a database tells about one step.
 *
 * @param standing whether it is there
 * @param text for people
 * @param lacks what is missing of it
 */
record Evidence(Standing standing, String text, List<Finding> lacks) {

    /** Whether a step is there. */
    enum Standing {
        /** All of it. */
        THERE,
        /** Something of it is missing, or everything. */
        LACKING,
        /** It declares nothing that could be found. */
        SILENT
    }
}
