package app.trackpay.apply;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a file that cannot be run, found by reading it.
 *
 * @param message what is wrong and what to do
 */
record SourceProblem(Source source, int offset, String message) {

    /** As the console shows it: where, what, the line, a caret. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(source.location(offset) + ": " + message);
        lines.addAll(source.excerpt(offset));
        return lines;
    }
}
