package app.trackpay.plan;

import app.trackpay.CouldNotRunException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is wrong with one file, so that a person can repair all of it in one go.
 *
 * <p>The same mistake at the same place counts once: an anchored value is read as often as it is used.
 */
final class Mistakes {

    private static final int WIDEST = 200;

    private final Path file;
    private final List<String> lines;
    private final SortedSet<Mistake> found =
            new TreeSet<>(Comparator.comparing(Mistake::place).thenComparing(Mistake::message));

    private record Mistake(Place place, String message) {}

    Mistakes(Path file, String source) {
        this.file = file;
        this.lines = List.of(source.split("\r\n|[\r\n]", -1));
    }

    void add(Place place, String message) {
        found.add(new Mistake(place, message));
    }

    int count() {
        return found.size();
    }

    /** Ends the reading of a file that has mistakes: one line each, its source line, and how many there are. */
    void refuse() throws CouldNotRunException {
        if (found.isEmpty()) {
            return;
        }
        throw new CouldNotRunException(found.stream().map(this::shown).collect(Collectors.joining())
                + found.size()
                + (found.size() == 1 ? " mistake in " : " mistakes in ")
                + file);
    }

    private String shown(Mistake mistake) {
        Place place = mistake.place();
        String head = "%s:%d:%d: %s\n".formatted(file.getFileName(), place.line(), place.column(), mistake.message());
        String line = place.line() <= lines.size() ? lines.get(place.line() - 1) : "";
        if (line.isBlank()) {
            return head;
        }
        // Columns count characters as people see them, Java counts halves of the rare ones
        int column = line.offsetByCodePoints(0, Math.min(place.column() - 1, line.codePointCount(0, line.length())));
        int from = line.length() <= WIDEST ? 0 : Math.max(0, column - WIDEST / 2);
        int to = Math.min(line.length(), from + WIDEST);
        // Tabs stay tabs, so that the caret stands below its character however wide they are shown
        String before = line.substring(from, column).replaceAll("[^\\t]", " ");
        return head + "  " + line.substring(from, to).replaceAll("[\\p{Cntrl}&&[^\\t]]", "?") + "\n  " + before + "^\n";
    }
}
