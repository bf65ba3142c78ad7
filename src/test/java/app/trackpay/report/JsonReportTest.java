package app.trackpay.report;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Finding;
import app.trackpay.check.Judgement;
import app.trackpay.check.Severity;
import app.trackpay.database.Target;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReportTest {

    private static final Target TARGET = new Target(Target.Kind.LIVE, "127.0.0.1", 5432, "app", "15.18");
    private static final Finding FINDING = new Finding(
                    "missing-column", Severity.ERROR, "column public.t.c", "it says hunter2", "add it")
            .repairedBy("ALTER TABLE t ADD COLUMN c text");

    @TempDir
    Path folder;

    @Test
    void holdsTheVerdictTheTargetTheCountsAndTheFindings() throws Exception {
        JsonNode json =
                written(Verdict.judged("health", Optional.of(TARGET), found(FINDING), List.of(), Severity.ERROR));
        assertThat(json.path("schema").asInt()).isEqualTo(1);
        assertThat(json.path("verdict").asText()).isEqualTo("findings");
        assertThat(json.at("/target/kind").asText()).isEqualTo("live");
        assertThat(json.at("/target/port").asInt()).isEqualTo(5432);
        assertThat(json.at("/counts/error").asInt()).isEqualTo(1);
        assertThat(json.at("/findings/0/key").asText()).isEqualTo("missing-column|column public.t.c");
        assertThat(json.at("/findings/0/repair").asText()).isEqualTo("ALTER TABLE t ADD COLUMN c text");
    }

    @Test
    void aWarningFailsOnlyAGateThatAsksForIt() {
        Finding warning = new Finding("constraint-not-validated", Severity.WARNING, "o", "m", "f");
        assertThat(judged(warning, Severity.ERROR)).isEqualTo(Verdict.Outcome.PASS);
        assertThat(judged(warning, Severity.WARNING)).isEqualTo(Verdict.Outcome.FINDINGS);
    }

    @Test
    void whatCouldNotRunSaysWhy() throws Exception {
        JsonNode json = written(Verdict.couldNotRun("health", Optional.empty(), "no connection"));
        assertThat(json.path("verdict").asText()).isEqualTo("could-not-run");
        assertThat(json.path("reason").asText()).isEqualTo("no connection");
        assertThat(json.has("target")).isFalse();
    }

    @Test
    void secretsGoFromValuesButNeverFromNames() throws Exception {
        Redactor redactor = new Redactor();
        redactor.hide("hunter2");
        redactor.hide("findings");
        Verdict verdict = Verdict.judged("health", Optional.of(TARGET), found(FINDING), List.of(), Severity.ERROR);
        JsonNode json = new ObjectMapper()
                .readTree(JsonReport.write(verdict, folder, redactor).toFile());
        assertThat(json.at("/findings/0/message").asText()).isEqualTo("it says ***");
    }

    private static Judgement found(Finding finding) {
        return new Judgement(List.of(finding), List.of(), List.of());
    }

    private static Verdict.Outcome judged(Finding finding, Severity failOn) {
        return Verdict.judged("health", Optional.of(TARGET), found(finding), List.of(), failOn)
                .outcome();
    }

    private JsonNode written(Verdict verdict) throws Exception {
        return new ObjectMapper()
                .readTree(JsonReport.write(verdict, folder.resolve("target/trackpay"), new Redactor())
                        .toFile());
    }
}
