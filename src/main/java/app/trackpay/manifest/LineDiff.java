package app.trackpay.manifest;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;
import java.util.stream.Stream;

/** Two texts side by side: lines of the manifest after {@code -}, lines of the server after {@code +}. */
final class LineDiff {

    private static final int CONTEXT = 1;
    private static final int HEADER = 2;
    private static final int LONGEST = 60;

    private LineDiff() {}

    static Stream<String> of(List<String> manifest, List<String> server) {
        if (manifest.size() <= 1 && server.size() <= 1) {
            return Stream.concat(
                    manifest.stream().map("- "::concat), server.stream().map("+ "::concat));
        }
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff(
                "manifest", "server", manifest, DiffUtils.diff(manifest, server), CONTEXT);
        int end = Math.min(lines.size(), HEADER + LONGEST);
        Stream<String> shown = lines.subList(HEADER, end).stream();
        return end == lines.size()
                ? shown
                : Stream.concat(shown, Stream.of("(" + (lines.size() - end) + " more lines)"));
    }
}
