package app.trackpay.export;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.LiveDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The user's own pg_dump, and pg_restore beside it. They get the password through their environment: a command line can be read by everybody
 * on the machine.
 *
 * @param pgDump {@code pg_dump} where the search path finds it, or the file
 */
record DumpProgram(String pgDump) {

    private static final String NAME = "pg_dump";

    /**
     * Writes an archive of the schema alone, without owners.
     *
     * @param schemas left out are all others
     */
    void dump(LiveDatabase database, List<String> schemas, Path archive) throws CouldNotRunException {
        List<String> command = new ArrayList<>(List.of(
                pgDump, "--no-password", "--format=custom", "--schema-only", "--no-owner", "--file=" + archive));
        // a pattern in pg_dump's words: quotes make it a name
        schemas.forEach(schema -> command.add("--schema=\"" + schema.replace("\"", "\"\"") + "\""));
        try {
            // that of an earlier run would be taken for this one's
            Files.deleteIfExists(archive);
            run(command, database.clientEnvironment());
            if (!Files.exists(archive)) {
                throw new CouldNotRunException(
                        pgDump + " wrote no archive. Is it PostgreSQL's pg_dump? Name the right one with"
                                + " -Dtrackpay.pgDump=<file>.");
            }
        } catch (IOException e) {
            throw new CouldNotRunException(archive + " cannot be replaced (" + e + ")", e);
        }
    }

    /** What is in an archive. */
    Contents contents(Path archive) throws CouldNotRunException {
        return Contents.of(run(List.of(pgRestore(), "--list", archive.toString()), Map.of()));
    }

    /** The SQL of some lines of its contents. */
    String sql(Path archive, List<Contents.Line> lines) throws CouldNotRunException {
        Path list = archive.resolveSibling("contents.txt");
        try {
            Files.write(list, lines.stream().map(Contents.Line::text).toList());
        } catch (IOException e) {
            throw new CouldNotRunException(list + " cannot be written (" + e + ")", e);
        }
        return run(List.of(pgRestore(), "--no-owner", "--use-list=" + list, "--file=-", archive.toString()), Map.of());
    }

    private String pgRestore() {
        int name = pgDump.lastIndexOf(NAME);
        return name < 0
                ? "pg_restore"
                : pgDump.substring(0, name) + "pg_restore" + pgDump.substring(name + NAME.length());
    }

    private static String run(List<String> command, Map<String, String> environment) throws CouldNotRunException {
        String program = command.get(0);
        try {
            Path said = Files.createTempFile("trackpay", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile());
                builder.environment().putAll(environment);
                builder.environment().put("LC_MESSAGES", "C");
                Process process = builder.start();
                process.getOutputStream().close();
                String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw refused(program, Files.readString(said));
                }
                return answer;
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new CouldNotRunException(
                    program + " cannot be started (" + e.getMessage()
                            + "). Install PostgreSQL's client programs, or name pg_dump with -Dtrackpay.pgDump=<file>.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CouldNotRunException("Interrupted while " + program + " ran. Nothing was written.", e);
        }
    }

    private static CouldNotRunException refused(String program, String said) {
        String advice = "";
        if (said.contains("server version mismatch")) {
            advice =
                    " Install the client programs of the server's version, or name a newer pg_dump with -Dtrackpay.pgDump=<file>.";
        } else if (said.contains("permission denied")) {
            advice =
                    " pg_dump has to read every table of the schemas that it takes from: log in as their owner, postgres on"
                            + " Supabase.";
        }
        return new CouldNotRunException(program + " failed: " + said.strip().replaceAll("\\R", "; ") + "." + advice);
    }
}
