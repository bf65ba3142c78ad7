package app.trackpay.plan;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The TrackPay migration set that comes with the plugin: a plan, its steps, fixtures, manifest, and the plan format's JSON Schema. */
public final class ReferenceSet {

    private static final String SET = "/app/trackpay/reference/";
    private static final String SCHEMA = "trackpay.schema.json";
    private static final String FIXTURES = "rls-fixtures.sql";
    private static final String MANIFEST = "manifest.json";

    private ReferenceSet() {}

    /**
     * Writes the set into a folder, which is made where it is missing. Nothing is ever overwritten.
     *
     * @return the files that were written, the plan first
     * @throws CouldNotRunException when a file of the set is there already (then nothing is written), or cannot be written
     */
    public static List<Path> write(Path directory) throws CouldNotRunException {
        Map<Path, byte[]> files = files(directory);
        List<Path> existing = files.keySet().stream()
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (!existing.isEmpty()) {
            throw new CouldNotRunException(directory + ": nothing was written, because "
                    + existing.stream()
                            .map(file -> file.getFileName().toString())
                            .collect(Collectors.joining(", "))
                    + (existing.size() == 1 ? " is" : " are")
                    + " there already and may hold work of yours; choose an empty folder with"
                    + " -Dtrackpay.directory=<folder>, or move what is there");
        }
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            try {
                Files.createDirectories(directory);
                Files.write(file.getKey(), file.getValue(), StandardOpenOption.CREATE_NEW);
            } catch (IOException e) {
                throw new CouldNotRunException(file.getKey() + ": the file cannot be written (" + e + ")", e);
            }
        }
        return List.copyOf(files.keySet());
    }

    private static Map<Path, byte[]> files(Path directory) throws CouldNotRunException {
        Path file = directory.resolve(PlanReader.FILE);
        byte[] text = resource(SET + PlanReader.FILE);
        // A jar cannot be listed, but the plan names every step
        Plan plan = new PlanFile(file, new String(text, StandardCharsets.UTF_8)).read();
        Map<Path, byte[]> files = new LinkedHashMap<>();
        files.put(file, text);
        for (Step step : plan.steps()) {
            files.put(directory.resolve(step.name()), resource(SET + step.name()));
        }
        files.put(directory.resolve(FIXTURES), resource(SET + FIXTURES));
        files.put(directory.resolve(MANIFEST), resource(SET + MANIFEST));
        files.put(directory.resolve(SCHEMA), resource(SCHEMA));
        return files;
    }

    private static byte[] resource(String name) {
        try (InputStream in = ReferenceSet.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the plugin's jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read from the plugin's jar", e);
        }
    }
}
