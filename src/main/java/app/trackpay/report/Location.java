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
 * Where the object of a finding is made.
 *
 * @param file the step's file, by its name
 * @param line the first line that names the object; empty where the file does not
 */
public record Location(String file, OptionalInt line) {

    /** The place in the finding's step; empty for a finding no step answers for. */
    public static Optional<Location> of(Finding finding) {
        return finding.step()
                .map(step -> new Location(
                        step.name(),
                        finding.object().startsWith("file ")
                                ? OptionalInt.empty()
                                : lineOf(name(finding.object()), step.file())));
    }

    /** {@code policy public.t.name} and {@code function public.f(uuid)} are looked for by their last name. */
    private static String name(String object) {
        String withoutArguments = object.replaceFirst("\\(.*", "");
        return withoutArguments.substring(
                1 + Math.max(withoutArguments.lastIndexOf('.'), withoutArguments.lastIndexOf(' ')));
    }

    private static OptionalInt lineOf(String name, Path file) {
        Pattern word = Pattern.compile("(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])", Pattern.CASE_INSENSITIVE);
        List<String> lines = lines(file);
        return IntStream.range(0, lines.size())
                .filter(i -> !lines.get(i).stripLeading().startsWith("--"))
                .filter(i -> word.matcher(lines.get(i)).find())
                .map(i -> i + 1)
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
