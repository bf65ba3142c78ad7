package app.trackpay.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Leaves every policy one statement that changes it. Each check writes a policy's stored text anew by itself: run one after the other, the
 * second statement would put back what the first one mended, or find the policy gone.
 */
final class OneRepair {

    private OneRepair() {}

    /** The findings with the first repair of each policy; the others say what to do instead. */
    static List<Finding> aPolicy(List<Finding> sorted) {
        Map<String, Finding> first = new HashMap<>();
        return sorted.stream().map(finding -> behind(finding, first)).toList();
    }

    private static Finding behind(Finding finding, Map<String, Finding> first) {
        String changed = finding.cause().orElse(finding.object());
        if (!changed.startsWith("policy ") || finding.repair().isEmpty()) {
            return finding;
        }
        Finding above = first.putIfAbsent(changed, finding);
        return above == null || above.repair().equals(finding.repair())
                ? finding
                : finding.advising(finding.fix() + "; the SQL of " + above.check()
                                + " above changes the same policy: run that first and then this goal again, which proposes"
                                + " what is still needed")
                        .unrepaired();
    }
}
