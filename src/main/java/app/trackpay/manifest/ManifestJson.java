package app.trackpay.manifest;

import app.trackpay.CouldNotRunException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A manifest as text that is made to be reviewed: objects and attributes in the order of their names, an attribute a line, and texts of several
 * lines a line each, so that a version control system shows what changed and nothing else.
 */
final class ManifestJson {

    /** The version of the format; it changes when an older plugin would misread the file. */
    static final int VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();
    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

    private ManifestJson() {}

    static String write(Manifest manifest) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(INDENTER)
                    .withArrayIndenter(INDENTER));
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeNumberField("server", manifest.server());
            json.writeObjectFieldStart("objects");
            for (Entry entry : manifest.entries().values()) {
                write(entry, json);
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes everything", e);
        }
        return text + "\n";
    }

    private static void write(Entry entry, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(entry.object().toString());
        for (Map.Entry<String, Value> attribute : entry.attributes().entrySet()) {
            json.writeFieldName(attribute.getKey());
            Value value = attribute.getValue();
            if (value.isShort()) {
                json.writeString(value.text());
            } else {
                json.writeStartArray();
                for (String line : value.lines()) {
                    json.writeString(line);
                }
                json.writeEndArray();
            }
        }
        json.writeEndObject();
    }

    /**
     * @param name what errors call it
     * @throws CouldNotRunException with {@code file:line:column} of the first place that is not as it must be
     */
    static Manifest read(String name, String text) throws CouldNotRunException {
        return new ManifestParser(name, text).read();
    }
}
