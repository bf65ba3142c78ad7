package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.trackpay.database.StubServer;
import app.trackpay.database.StubServer.Sent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * psql is the judge of where statements end. It is let into a server that only writes down what it sends, and what it sends must be what
 * the reader sees in the same file, character by character. What psql leaves out or adds is allowed for and no more: comments and space
 * in front of a statement, comments and space behind one that the file does not end, and messages without any statement.
 */
class PsqlOracleTest {

    private static final int GENERATED = 120;
    private static final String NEXT = "SELECT 'next file'";

    @TempDir
    private Path folder;

    @Test
    void everyStatementOfEveryFileIsTheOneThatPsqlSends() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        Map<String, String> snippets = snippets();
        snippets.forEach((name, text) -> files.put(name, text));
        snippets.forEach((name, text) -> files.put(name + ", CRLF", text.replace("\n", "\r\n")));
        for (int seed = 0; seed < GENERATED; seed++) {
            files.put("generated " + seed, generated(snippets, new Random(seed)));
        }
        assertThat(files).hasSizeGreaterThan(300);
        Map<String, List<Sent>> sent = psql(files);
        int statements = 0;
        for (Map.Entry<String, String> file : files.entrySet()) {
            List<Sent> ours = ours(file.getKey(), file.getValue());
            compare(file.getKey(), ours, sent.get(file.getKey()));
            statements += ours.size();
        }
        assertThat(statements).isGreaterThan(4000);
    }

    private static void compare(String file, List<Sent> ours, List<Sent> theirs) {
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            Sent our = i < ours.size() ? ours.get(i) : new Sent('-', "nothing");
            Sent their = i < theirs.size() ? theirs.get(i) : new Sent('-', "nothing");
            String place = file + ", statement " + (i + 1);
            assertThat(our.type())
                    .as("%s: %s beside psql's %s", place, our, their)
                    .isEqualTo(their.type());
            int end = our.type() == 'Q' ? match(our.text(), their.text()) : -1;
            if (end >= 0) {
                assertThat(StubServer.withoutBlank(their.text().substring(end)))
                        .as("%s: what psql sends behind %s", place, our)
                        .isEmpty();
            } else {
                assertThat(our.text()).as(place).isEqualTo(their.text());
            }
        }
    }

    /** Where in psql's text ours ends, or -1 where they differ; an empty line may be missing in psql's. */
    private static int match(String ours, String theirs) {
        int end = 0;
        for (int i = 0; i < ours.length(); i++) {
            if (end < theirs.length() && ours.charAt(i) == theirs.charAt(end)) {
                end++;
            } else if (i == 0 || ours.charAt(i) != '\n' || ours.charAt(i - 1) != '\n') {
                return -1;
            }
        }
        return end;
    }

    /** As the reader sees a file; what {@code \;} joins is one message of psql's. */
    private static List<Sent> ours(String name, String text) {
        List<SourceProblem> problems = new ArrayList<>();
        Source source = new Source(name, text);
        Script script = ScriptReader.read(source, false, problems);
        assertThat(problems).as(name).flatExtracting(SourceProblem::lines).isEmpty();
        List<Sent> seen = new ArrayList<>();
        List<Statement> joined = new ArrayList<>();
        for (Part part : script.sections().get(0).parts()) {
            part.own().ifPresent(own -> add(seen, joined, script, own.begin()));
            for (Piece piece : part.pieces()) {
                if (piece instanceof Piece.Sql sql) {
                    sql.statements().forEach(statement -> add(seen, joined, script, statement));
                } else if (piece instanceof Piece.CopyIn copy) {
                    add(seen, joined, script, copy.statement());
                    // psql sends the line that ends them as well
                    seen.add(new Sent('d', source.text().substring(copy.data(), copy.end())));
                } else if (piece instanceof Piece.CopyOut copy) {
                    add(seen, joined, script, copy.statement());
                }
            }
            part.own().ifPresent(own -> add(seen, joined, script, own.commit()));
        }
        return seen;
    }

    private static void add(List<Sent> seen, List<Statement> joined, Script script, Statement statement) {
        joined.add(statement);
        String text = script.source().text();
        if (!text.startsWith("\\;", statement.end() - 2)) {
            StringBuilder message = new StringBuilder();
            for (int i = joined.get(0).start(); i < statement.end(); i++) {
                boolean forPsql = text.startsWith("\\;", i) && script.sendable().charAt(i) == ' ';
                message.append(forPsql ? "" : text.charAt(i));
            }
            seen.add(new Sent('Q', message.toString()));
            joined.clear();
        }
    }

    /** What psql sends for each file, without what it strips or need not send. */
    private Map<String, List<Sent>> psql(Map<String, String> files) throws Exception {
        List<Sent> sent = new CopyOnWriteArrayList<>();
        String version = version();
        try (StubServer server = StubServer.recording(version, sent::add)) {
            List<String> command = new ArrayList<>(List.of(
                    "psql", "-X", "-q", "-h", "127.0.0.1", "-p", String.valueOf(server.port()), "-U", "u", "-d", "d"));
            command.addAll(List.of("-o", "/dev/null"));
            for (String text : files.values()) {
                Path file = folder.resolve(command.size() + ".sql");
                Files.writeString(file, text);
                command.addAll(List.of("-c", NEXT, "-c", "RESET ALL", "-f", file.toString()));
            }
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment()
                    .putAll(Map.of("PGSSLMODE", "disable", "PGGSSENCMODE", "disable", "PGCLIENTENCODING", "UTF8"));
            Path said = folder.resolve("said");
            builder.redirectErrorStream(true).redirectOutput(said.toFile());
            Process process = builder.start();
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(Files.readString(said).lines().filter(line -> line.contains("psql:")))
                    .as("what psql complains about")
                    .isEmpty();
        }
        Map<String, List<Sent>> byFile = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(files.keySet());
        List<Sent> current = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i).text().equals(NEXT)) {
                current = new ArrayList<>();
                byFile.put(names.get(byFile.size()), current);
                i++; // RESET ALL
            } else if (sent.get(i).type() == 'd') {
                current.add(sent.get(i));
            } else {
                String text = StubServer.withoutBlank(sent.get(i).text());
                if (!text.isEmpty() && !text.equals(";")) {
                    current.add(new Sent('Q', text));
                }
            }
        }
        assertThat(byFile).hasSameSizeAs(files);
        return byFile;
    }

    /** Older ones leave comments out of what they send. */
    private static String version() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("psql", "--version").start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            Matcher version = Pattern.compile("(\\d+)\\.\\d+").matcher(said);
            assumeTrue(version.find() && Integer.parseInt(version.group(1)) >= 15, "psql is older than 15: " + said);
            return version.group();
        } catch (IOException e) {
            assumeTrue(false, "psql is not installed");
            return "";
        }
    }

    /** Some of the snippets in some order, with line ends, comments and an end of one kind or another. */
    private static String generated(Map<String, String> snippets, Random random) {
        boolean onlyReturns = random.nextInt(10) == 0;
        boolean off = !onlyReturns && random.nextInt(4) == 0;
        List<String> pool = snippets.values().stream()
                // a string that begins with one meaning of the backslash would end with the other
                .filter(text -> !off || text.indexOf('\\') < 0)
                // rows, its own commands and what a setting means are a matter of lines to psql, and its lines end with
                // LF
                .filter(text -> !onlyReturns
                        || !Pattern.compile("(?im)\\\\\\.|^\\\\|standard_conforming|reset")
                                .matcher(text)
                                .find())
                .toList();
        StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? "\uFEFF" : "");
        if (off) {
            text.append("SET standard_conforming_strings = off;\nSELECT '\\';', 'it''s\\\\';\n");
        }
        int count = 4 + random.nextInt(30);
        for (int i = 0; i < count; i++) {
            text.append(pool.get(random.nextInt(pool.size())));
            text.append(List.of("", "", "\n\n", "  \t", "-- and; now '\n", "/* ' ; /* $$ */ */", ";")
                    .get(random.nextInt(7)));
        }
        if (random.nextInt(3) == 0) {
            text.append("SELECT 'the last'")
                    .append(List.of("", "\n", " -- ;", "\n/* ; */\n").get(random.nextInt(4)));
        }
        String lines = text.toString();
        return onlyReturns ? lines.replace('\n', '\r') : random.nextInt(4) == 0 ? lines.replace("\n", "\r\n") : lines;
    }

    private static Map<String, String> snippets() throws IOException {
        try (InputStream in = PsqlOracleTest.class.getResourceAsStream("psql-oracle.txt")) {
            String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> snippets = new LinkedHashMap<>();
            for (String one : all.split("(?m)^@@ ")) {
                int end = one.indexOf('\n');
                if (end > 0) {
                    snippets.put(one.substring(0, end), one.substring(end + 1));
                }
            }
            return snippets;
        }
    }
}
