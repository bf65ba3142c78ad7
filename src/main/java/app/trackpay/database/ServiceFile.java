package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The named connections that psql knows, too. The driver reads such a file only where every key in it is one of its own, and libpq's are not.
 *
 * @param environment of the process
 */
record ServiceFile(Map<String, String> environment) {

    /**
     * One of them; as text, where it stands.
     *
     * @param values by libpq's names
     */
    record Service(String name, Path file, Map<String, String> values) {

        @Override
        public String toString() {
            return "service [" + name + "] in " + file;
        }
    }

    /**
     * What a service says.
     *
     * @throws CouldNotRunException when no file has it, or one cannot be understood; no value of it is shown
     */
    Service service(String name) throws CouldNotRunException {
        for (Path file : places().filter(Files::isRegularFile).toList()) {
            Optional<Map<String, String>> found = read(file, name);
            if (found.isPresent()) {
                return new Service(name, file, found.get());
            }
        }
        throw new CouldNotRunException("There is no service [" + name + "] for the database URL in "
                + places().map(Path::toString).collect(Collectors.joining(" or "))
                + ". Add it there, or take service (PGSERVICE) away.");
    }

    /** The user's, then the machine's. */
    private Stream<Path> places() {
        Path user = Optional.ofNullable(environment.get("PGSERVICEFILE"))
                .map(Path::of)
                .orElse(
                        environment.containsKey("APPDATA")
                                ? Path.of(environment.get("APPDATA"), "postgresql", ".pg_service.conf")
                                : Path.of(System.getProperty("user.home"), ".pg_service.conf"));
        return Stream.concat(
                Stream.of(user),
                Optional.ofNullable(environment.get("PGSYSCONFDIR")).stream()
                        .map(dir -> Path.of(dir, "pg_service.conf")));
    }

    private static Optional<Map<String, String>> read(Path file, String name) throws CouldNotRunException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new CouldNotRunException(
                    file + " cannot be read (" + e.getClass().getSimpleName()
                            + "), and the database URL names a service.",
                    e);
        }
        Map<String, String> service = new LinkedHashMap<>();
        boolean inside = false;
        boolean found = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("[")) {
                inside = !found && line.equals("[" + name + "]");
                found |= inside;
            } else if (inside && !line.isEmpty() && !line.startsWith("#")) {
                int equals = line.indexOf('=');
                if (equals < 1 || line.startsWith("service")) {
                    throw new CouldNotRunException(file + ":" + (i + 1) + ": service [" + name
                            + "] has a line that is not one of a connection's parameters (key=value).");
                }
                service.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return found ? Optional.of(service) : Optional.empty();
    }
}
