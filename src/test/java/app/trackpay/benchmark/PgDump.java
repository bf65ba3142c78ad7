package app.trackpay.benchmark;

import app.trackpay.database.TestPostgres.Database;
import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code pg_dump --schema-only}, and a comparison of its text with that of before.
 *
 * @param withRoles also {@code pg_dumpall --roles-only}: a dump of one database says nothing of roles
 */
record PgDump(boolean withRoles, Path folder) implements Tool {

    /** The major version of the installed pg_dump: it refuses servers that are newer. */
    static Optional<Integer> major() throws InterruptedException {
        Run run = Run.attempt(List.of("pg_dump", "--version"), Map.of(), Path.of("."));
        return run.exit() == 0
                ? Optional.of(Integer.parseInt(run.output().replaceFirst("(?s)\\D*(\\d+).*", "$1")))
                : Optional.empty();
    }

    @Override
    public String name() {
        return withRoles ? "pg_dump -s and roles, text diff" : "pg_dump --schema-only";
    }

    @Override
    public void remember(Database database) throws IOException, InterruptedException, Skipped {
        dump(database, "before.sql");
    }

    @Override
    public Verdict look(Database database) throws IOException, InterruptedException, Skipped {
        Run run = dump(database, "now.sql");
        List<String> before = lines("before.sql");
        List<String> now = lines("now.sql");
        if (before.equals(now)) {
            return new Verdict(run, false, "");
        }
        String first = DiffUtils.diff(before, now).getDeltas().stream()
                .flatMap(PgDump::changed)
                .findFirst()
                .orElse("");
        return new Verdict(run, true, first);
    }

    private static Stream<String> changed(AbstractDelta<String> delta) {
        return Stream.concat(
                        delta.getSource().getLines().stream().map(line -> "- " + line),
                        delta.getTarget().getLines().stream().map(line -> "+ " + line))
                .filter(line -> !line.substring(2).isBlank() && !line.startsWith("--", 2));
    }

    private List<String> lines(String file) throws IOException {
        // a dump begins and ends with a random token
        return Files.readAllLines(folder.resolve(file)).stream()
                .filter(line -> !line.startsWith("\\"))
                .toList();
    }

    private Run dump(Database database, String file) throws IOException, InterruptedException, Skipped {
        URI server = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        List<String> login = List.of(
                "-h",
                server.getHost(),
                "-p",
                Integer.toString(server.getPort()),
                "-U",
                database.superuser().user());
        Map<String, String> environment =
                Map.of("PGPASSWORD", database.superuser().password().value());
        List<String> command = new ArrayList<>(List.of("pg_dump", "--schema-only"));
        command.addAll(login);
        command.addAll(List.of("-d", database.name(), "-f", file));
        Run run = Run.attempt(command, environment, folder);
        if (run.exit() == 0 && withRoles) {
            List<String> roles = new ArrayList<>(List.of("pg_dumpall", "--roles-only", "--no-role-passwords"));
            roles.addAll(login);
            Run second = Run.attempt(roles, environment, folder);
            Files.writeString(folder.resolve(file), Files.readString(folder.resolve(file)) + second.output());
        }
        if (run.exit() != 0) {
            throw new Skipped("pg_dump: " + run.lastLine());
        }
        return run;
    }
}
