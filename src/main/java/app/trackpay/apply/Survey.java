package app.trackpay.apply;

import app.trackpay.check.Finding;
import java.util.List;
import java.util.Map;

/**
 * What tells which steps a database has.
 *
 * @param evidence by the step's id
 * @param findings what belongs to no step
 * @param gaps whether each step is told by itself, so that one that is missing says nothing about those behind it
 */
record Survey(Map<String, Evidence> evidence, List<Finding> findings, boolean gaps) {

    /** Nobody looked. */
    static final Survey NOTHING = new Survey(Map.of(), List.of(), false);

    private static final Evidence UNKNOWN = new Evidence(Evidence.Standing.LACKING, "not looked at", List.of());

    /** What is known of a step. */
    Evidence of(String id) {
        return evidence.getOrDefault(id, UNKNOWN);
    }
}
