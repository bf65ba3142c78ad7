package app.trackpay.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Editors judge a plan by the schema, the build by the reader: the two must not disagree. */
class PlanSchemaTest {

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(PlanReader.class.getResourceAsStream("trackpay.schema.json"));

    /** What takes more than one place of the document, or the file system, to see; and what is no document at all. */
    private static final Set<String> BEYOND_A_SCHEMA = Set.of(
            "duplicate id",
            "duplicate file",
            "file outside the folder",
            "absolute file",
            "file that is the folder",
            "fixtures outside the folder",
            "persona that is not declared",
            "persona without any personas",
            "helper nobody provides",
            "index with an order",
            "claim in hexadecimal",
            "exception for a column nobody provides",
            "exception for a misspelt column of a foreign key",
            "identity column of a table nobody provides",
            "protected column nobody provides",
            "call of a function nobody provides",
            "call by a persona nobody declares",
            "call with too many arguments");

    private static final Set<String> NO_DOCUMENT = Set.of(
            "duplicate key",
            "key that is no text",
            "tag",
            "syntax error",
            "unclosed list",
            "star without quotes",
            "tab as indentation",
            "unknown alias",
            "control character",
            "two documents",
            "alias that holds itself",
            "alias of a map that merges itself");

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatTheReaderRefusesTheSchemaRefuses(String name, String text) throws Exception {
        assertThat(judged(text)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("beyond")
    void whatOnlyTheReaderCanSeeIsSoundToTheSchema(String name, String text) throws Exception {
        assertThat(judged(text)).isEmpty();
    }

    @Test
    void knowsTheChecksThatTheReaderKnows() throws Exception {
        List<String> known = new ArrayList<>();
        try (InputStream schema = PlanSchemaTest.class.getResourceAsStream("trackpay.schema.json")) {
            new ObjectMapper()
                    .readTree(schema)
                    .at("/properties/suppress/items/properties/check/enum")
                    .forEach(name -> known.add(name.asText()));
        }
        assertThat(known).containsExactlyElementsOf(CheckNames.ALL);
    }

    @Test
    void everyKeyIsSoundToTheSchema() throws Exception {
        assertThat(judged(PlanReaderTest.everyKey())).isEmpty();
    }

    static Stream<Arguments> refused() throws IOException {
        return PlanMistakesTest.mistakes()
                .filter(mistake -> !isBeyond(mistake) && !NO_DOCUMENT.contains((String) mistake.get()[0]))
                .map(mistake -> Arguments.of(mistake.get()[0], mistake.get()[1]));
    }

    static Stream<Arguments> beyond() throws IOException {
        return PlanMistakesTest.mistakes()
                .filter(PlanSchemaTest::isBeyond)
                .map(mistake -> Arguments.of(mistake.get()[0], mistake.get()[1]));
    }

    private static boolean isBeyond(Arguments mistake) {
        String name = (String) mistake.get()[0];
        return BEYOND_A_SCHEMA.contains(name) || name.contains("table nobody provides");
    }

    static Set<ValidationMessage> judged(String yaml) {
        Object document =
                new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(yaml);
        return SCHEMA.validate(
                new ObjectMapper().valueToTree(document),
                context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
    }
}
