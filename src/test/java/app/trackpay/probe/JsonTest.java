package app.trackpay.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.catalog.QualifiedName;
import app.trackpay.plan.Persona;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class JsonTest {

    private static final UUID PIA = UUID.fromString("7f3f1c2e-0000-4000-8000-000000000001");
    private static final Task TASK = Task.of(
            Task.Kind.SELECT,
            new Persona("pia", "authenticated", Optional.of(PIA), Map.of()),
            new QualifiedName("public", "notes"),
            "");

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    private static Answer answer(String json) {
        List<Answer> answers = Json.read("[" + json + "]", parser -> Answer.of(TASK, parser));
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private static Outcome outcome(String json) {
        return answer("{\"tries\": [" + json + "]}").tries().get(0);
    }

    @Test
    void claimsMayBeNestedAndComeInTheirOrder() {
        Persona persona = new Persona(
                "pia",
                "authenticated",
                Optional.of(PIA),
                object(
                        "user_role",
                        "admin",
                        "app_metadata",
                        object(
                                "teams",
                                List.of("a", List.of(1L, object("b", true))),
                                "none",
                                List.of(),
                                "empty",
                                Map.of()),
                        "aud",
                        "x"));

        assertThat(Transcript.claims(persona))
                .isEqualTo(
                        "{\"sub\":\"" + PIA + "\",\"role\":\"authenticated\",\"user_role\":\"admin\","
                                + "\"app_metadata\":{\"teams\":[\"a\",[1,{\"b\":true}]],\"none\":[],\"empty\":{}},\"aud\":\"x\"}");
    }

    @Test
    void aClaimOfTheSameNameTakesThePlaceOfWhatThePlatformSays() {
        Persona persona =
                new Persona("pia", "authenticated", Optional.of(PIA), object("role", "service", "sub", "nobody"));

        assertThat(Transcript.claims(persona)).isEqualTo("{\"sub\":\"nobody\",\"role\":\"service\"}");
    }

    @Test
    void numbersLoseNoDigit() {
        assertThat(Json.write(List.of(
                        7,
                        Long.MAX_VALUE,
                        new BigDecimal("123456789012345678901234567890"),
                        new BigDecimal("0.10"),
                        new BigDecimal("1E+30"))))
                .isEqualTo("[7,9223372036854775807,123456789012345678901234567890,0.10,1E+30]");
    }

    @Test
    void textsMayHoldWhatTheyLike() {
        assertThat(Json.write(object("a \"quoted\" name", "\\ \"\n\t\u0001 ünï ✓ 😀", "null", null)))
                .isEqualTo("{\"a \\\"quoted\\\" name\":\"\\\\ \\\"\\n\\t\\u0001 ünï ✓ 😀\",\"null\":null}");
        assertThat(Json.write(Arrays.asList("null", null, false))).isEqualTo("[\"null\",null,false]");
    }

    @Test
    void whatTheServerLeavesOutIsNothing() {
        assertThat(answer("{}")).isEqualTo(new Answer(TASK, 0, List.of(), List.of()));
        Outcome nothing = new Outcome("", "", "TPNOT", "", 0, List.of(), false, Optional.empty());
        assertThat(outcome("{\"state\": \"TPNOT\"}")).isEqualTo(nothing);
        assertThat(outcome("{\"key\": null, \"variant\": null, \"state\": \"TPNOT\", \"message\": null, \"touched\": 0,"
                        + " \"result\": null, \"meant\": null, \"readable\": null}"))
                .isEqualTo(nothing);
    }

    @Test
    void whatTheServerSaysIsTaken() {
        Answer answer = answer(
                "{\"total\": 2, \"meant\": [\"1\", \"ünï \\\"2\\\"\"], \"me\": {\"of\": [\"no use\"]}, \"tries\": ["
                        + "{\"key\": \"1\", \"variant\": \"owner = own\", \"state\": \"42501\", \"message\": \"no\\nway\","
                        + " \"touched\": 3000000000, \"meant\": false, \"readable\": {\"tries\": [1]}},"
                        + "{\"state\": \"TPSKP\", \"meant\": true},"
                        + "{\"key\": 2, \"state\": \"00000\", \"meant\": true}]}");

        assertThat(answer)
                .isEqualTo(new Answer(
                        TASK,
                        2,
                        List.of("1", "ünï \"2\""),
                        List.of(
                                new Outcome(
                                        "1",
                                        "owner = own",
                                        "42501",
                                        "no\nway",
                                        3_000_000_000L,
                                        List.of(),
                                        false,
                                        Optional.of(false)),
                                new Outcome("2", "", "00000", "", 0, List.of(), false, Optional.of(true)))));
    }

    @Test
    void aResultIsTextsOrTheAnswerToAQuestion() {
        Outcome texts = outcome("{\"result\": [\"a\", null, \"null\", \"\"]}");
        assertThat(texts.texts())
                .containsExactly(Optional.of("a"), Optional.empty(), Optional.of("null"), Optional.of(""));
        assertThat(texts.keys()).containsExactly("a", "null", "null", "");
        assertThat(texts.holds()).isFalse();
        assertThat(outcome("{\"result\": true}").holds()).isTrue();
        assertThat(outcome("{\"result\": true}").keys()).isEmpty();
        assertThat(outcome("{\"result\": false}").holds()).isFalse();
    }

    @Test
    void whatIsNoJsonIsAFaultOfThePlugin() {
        for (String text : List.of("[{", "[}]", "[\"a\"", "[{\"tries\": [{\"state\": \"00000\"}")) {
            assertThatThrownBy(() -> Json.read(text, parser -> Answer.of(TASK, parser)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the server made this JSON");
        }
    }
}
