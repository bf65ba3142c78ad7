package app.trackpay.report;

import app.trackpay.check.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Where the object of a finding, or what it comes from, is made.
 *
 * @param file the step's file, by its name
 * @param line the first line that names the object; empty where the file does not
 */
public record Location(String file, OptionalInt line) {

    /** The place in the finding's step; empty for a finding no step answers for. */
    public static Optional<Location> of(Finding finding) {
        String object = finding.cause().orElseGet(finding::object);
        return finding.step()
                .map(step -> new Location(
                        step.name(),
                        object.startsWith("file ") ? OptionalInt.empty() : lineOf(names(object), lines(step.file()))));
    }

    /** The names to look for, from the outside in: {@code policy public.t.p for anon} is p where t has been named before. */
    private static List<String> names(String object) {
        String plain = object.replaceFirst("\\(.*", "")
                .replaceFirst(" (for|of|in|from) .*", "")
                .strip();
        List<String> parts = List.of(plain.substring(plain.lastIndexOf(' ') + 1).split("\\."));
        return parts.subList(Math.min(1, parts.size() - 1), parts.size());
    }

    private static OptionalInt lineOf(List<String> names, List<String> lines) {
        int outer = 0;
        for (String name : names.subList(0, names.size() - 1)) {
            outer = line(name, lines, outer).orElse(outer);
        }
        String innermost = names.get(names.size() - 1);
        OptionalInt found = line(innermost, lines, outer);
        OptionalInt place = found.isPresent() ? found : line(innermost, lines, 0);
        return place.isPresent() ? OptionalInt.of(place.getAsInt() + 1) : place;
    }

    private static OptionalInt line(String name, List<String> lines, int from) {
        Pattern word = Pattern.compile("(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])", Pattern.CASE_INSENSITIVE);
        return IntStream.range(from, lines.size())
                .filter(i -> !lines.get(i).stripLeading().startsWith("--"))
                .filter(i -> word.matcher(lines.get(i)).find())
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            // a step file that cannot be read is reported where it matters; here it only has no line to point at
            return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return line.isPresent() ? file + ":" + line.getAsInt() : file;
    }
}
