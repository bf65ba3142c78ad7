package app.trackpay.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.GrantEra;
import app.trackpay.manifest.Clones.Clone;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManifestFileTest {

    private static final Clones CLONES = Clones.on(17, GrantEra.NEW);

    @TempDir
    Path folder;

    private static Manifest manifest(String... changes) {
        try (Clone clone = CLONES.open()) {
            return clone.run(changes).manifest(CLONES.wide());
        }
    }

    private Path written(String text) throws Exception {
        return Files.writeString(folder.resolve("manifest.json"), text);
    }

    @Test
    void whatIsWrittenIsReadAsItWas() throws Exception {
        Manifest manifest =
                manifest("CREATE FUNCTION \"odd \"\" (name)\"() RETURNS int LANGUAGE sql AS E'\\nSELECT 1\\n\\n'");
        Path file = folder.resolve("new/manifest.json");

        ManifestFile.write(manifest, file);

        assertThat(ManifestFile.read(file)).contains(manifest);
        assertThat(ManifestJson.write(ManifestFile.read(file).orElseThrow())).isEqualTo(Files.readString(file));
    }

    @Test
    void aFileThatIsNotThereIsNoManifest() throws Exception {
        assertThat(ManifestFile.read(folder.resolve("none.json"))).isEmpty();
    }

    @Test
    void theFileIsMadeForReview() {
        String text = ManifestJson.write(manifest());

        assertThat(text)
                .startsWith(
                        "{\n  \"version\": 1,\n  \"server\": 17,\n  \"objects\": {\n    \"column billing.events.at\": {\n")
                .contains("""
                            "policy billing.items.\\"To Limit\\"": {
                              "command": "ALL",
                              "permissive": "no",
                              "roles": "authenticated",
                              "using": "(price > (1)::numeric)",
                              "with check": "(price > (2)::numeric)"
                            },
                        """)
                .contains("""
                              "body": [
                                "",
                                "BEGIN",
                                "    NEW.name := NEW.name;",
                                "    RETURN NEW;",
                                "END",
                                ""
                              ],
                        """)
                .endsWith("}\n");
        assertThat(text).doesNotContainPattern("\\d{4}-\\d\\d-\\d\\dT").doesNotContain("\"oid\"");
    }

    @Test
    void theSchemaAcceptsItAndNothingElse() throws Exception {
        ObjectMapper json = new ObjectMapper();
        var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(ManifestFile.class.getResourceAsStream("manifest.schema.json"));

        assertThat(schema.validate(json.readTree(ManifestJson.write(manifest()))))
                .isEmpty();
        for (Kind kind : Kind.values()) {
            assertThat(schema.validate(json.readTree(
                            "{\"version\": 1, \"server\": 17, \"objects\": {\"" + kind + " x\": {\"a\": \"b\"}}}")))
                    .isEmpty();
        }
        assertThat(schema.validate(json.readTree("{\"version\": 1, \"server\": 17, \"objects\": {\"tabel x\": {}}}")))
                .isNotEmpty();
        assertThat(schema.validate(json.readTree("{\"version\": 2, \"server\": 17, \"objects\": {}}")))
                .isNotEmpty();
    }

    @Test
    void theOrderOfCreationDoesNotCount() {
        Manifest one = manifest(
                "CREATE TABLE public.a (id int PRIMARY KEY, b int); CREATE INDEX a_b ON a (b); CREATE INDEX a_c ON a (b, id);"
                        + " CREATE POLICY p ON a FOR SELECT TO anon, authenticated USING (true); CREATE POLICY q ON a FOR SELECT USING (b = 1);"
                        + " GRANT SELECT ON a TO anon; GRANT INSERT ON a TO authenticated; CREATE TYPE t AS ENUM ('x')");
        Manifest other = manifest(
                "CREATE TYPE t AS ENUM ('x'); CREATE TABLE public.a (id int, b int); CREATE POLICY q ON a FOR SELECT USING (b = 1);"
                        + " CREATE POLICY p ON a FOR SELECT TO authenticated, anon USING (true); CREATE INDEX a_c ON a (b, id);"
                        + " CREATE INDEX a_b ON a (b); ALTER TABLE a ADD PRIMARY KEY (id); GRANT INSERT ON a TO authenticated; GRANT SELECT ON a TO anon");

        assertThat(ManifestJson.write(other)).isEqualTo(ManifestJson.write(one));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"version\": 1, \"server\": 17, \"objects\": {\"table a\": {\"x\": 1}}} | :1:59: \"x\" must be a text",
                "{\"version\": 1, \"server\": 17, \"objects\": {\"tabel a\": {}}} | :1:42: \"tabel a\" does not begin with a kind",
                "{\"version\": 1, \"server\": 17, \"more\": 1, \"objects\": {}} | :1:30: \"more\" is no part of a manifest",
                "{\"version\": 1, \"objects\": {}} | \"server\" is missing: this is no manifest of this plugin",
                "{\"name\": \"package\"} | :1:2: \"name\" is no part of a manifest",
                "[] | :1:1: a manifest is a JSON object",
                "{\"version\": 1, | this is no JSON",
                "{\"version\": 1, \"server\": 17, \"objects\": {\"table a\": {}, \"table a\": {}}} | \"table a\" is there twice",
                "{\"version\": 1, \"server\": 17, \"objects\": {\"table a\": {\"owner\": \"a\", \"owner\": \"a\"}}} | \"owner\" is there twice",
                "{\"version\": 1, \"server\": 17, \"objects\": {}, \"objects\": {}} | :1:45: \"objects\" is there twice",
                "{\"version\": 1, \"server\": 17, \"objects\": {}} {} | something follows the end",
                "{\"version\": 2, \"pages\": []} | was written by a newer version of the plugin (format 2; this one knows 1)",
                "`` | a manifest is a JSON object",
            })
    void aFileThatIsNoManifestIsRefusedWithThePlace(String text, String said) throws Exception {
        Path file = written(text);

        assertThatThrownBy(() -> ManifestFile.read(file))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(said);
    }

    @Test
    void theMarksOfAMergeAreCalledThat() throws Exception {
        Path file = written("{\n  \"version\": 1,\n<<<<<<< HEAD\n  \"server\": 17,\n");

        assertThatThrownBy(() -> ManifestFile.read(file))
                .hasMessageContaining(file + ":3:")
                .hasMessageContaining("the marks of a merge conflict are still in it");
    }

    @Test
    void aDumpThatIsRestoredElsewhereIsTheSame() throws Exception {
        Path dump = Path.of("/usr/lib/postgresql/15/bin/pg_dump");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isExecutable(dump), "pg_dump is not installed");
        Clones clones = Clones.on(15, GrantEra.NEW);
        try (Clone source = clones.open();
                Clone target = clones.empty()) {
            source.run("INSERT INTO billing.items (name, price) VALUES ('a', 1)");
            ProcessBuilder command = new ProcessBuilder(List.of(
                    dump.toString(),
                    "--clean",
                    "--if-exists",
                    "--schema-only",
                    "--no-comments",
                    "--schema=public",
                    "--schema=billing",
                    "--schema=spare_parts",
                    "-f",
                    folder.resolve("dump.sql").toString(),
                    "-h",
                    clones.postgres().server().host(),
                    "-p",
                    Integer.toString(clones.postgres().server().port()),
                    "-U",
                    clones.postgres().server().superuser().user(),
                    source.name()));
            command.environment()
                    .put(
                            "PGPASSWORD",
                            clones.postgres().server().superuser().password().value());
            Process process = command.redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(said).isZero();
            String restored = Files.readString(folder.resolve("dump.sql"))
                    .replaceAll("(?m)^(\\\\|DROP SCHEMA IF EXISTS public|CREATE SCHEMA public).*$", "");
            // what a dump of some schemas leaves out
            target.run("CREATE EXTENSION hstore SCHEMA public", restored)
                    .run(
                            "CREATE TRIGGER on_sign_up AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION billing.greet()",
                            "CREATE POLICY own_files ON storage.objects FOR SELECT TO authenticated USING (name LIKE 'public/%')",
                            "CREATE PUBLICATION billing_changes FOR TABLE billing.items; ALTER PUBLICATION billing_changes OWNER TO postgres",
                            "ALTER PUBLICATION supabase_realtime ADD TABLE trackpay_users, trackpay_relationships, trackpay_sessions,"
                                    + " trackpay_payments, trackpay_requests, trackpay_activities, trackpay_invites, trackpay_relationship_audit");

            assertThat(Comparison.of(source.manifest(clones.wide()), target.manifest(clones.wide())))
                    .extracting(Drift::line)
                    .isEmpty();
        }
    }
}
