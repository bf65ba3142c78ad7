package app.trackpay.probe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the probe and the server tell each other. */
final class Json {

    private static final JsonFactory JSON = new JsonFactory();

    /** Reads one value and stops at its last token. */
    interface Reading<T> {

        /** Reads it where the parser stands at its first token. */
        T of(JsonParser json) throws IOException;
    }

    private Json() {}

    /** A plain value as text: objects are maps, arrays anything to iterate over. */
    static String write(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(value, json);
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes everything", e);
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
        if (value instanceof Map<?, ?> fields) {
            json.writeStartObject();
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                json.writeFieldName(String.valueOf(field.getKey()));
                write(field.getValue(), json);
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> values) {
            json.writeStartArray();
            for (Object each : values) {
                write(each, json);
            }
            json.writeEndArray();
        } else {
            json.writePOJO(value);
        }
    }

    /** The values of an array that the server made. */
    static <T> List<T> read(String text, Reading<T> each) {
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            return list(json, each);
        } catch (IOException e) {
            throw new IllegalStateException("the server made this JSON", e);
        }
    }

    /** The values of an array; none where there is something else. */
    static <T> List<T> list(JsonParser json, Reading<T> each) throws IOException {
        List<T> values = new ArrayList<>();
        if (json.isExpectedStartArrayToken()) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                values.add(each.of(json));
            }
        }
        return List.copyOf(values);
    }

    /** A text; empty where there is something else. */
    static Optional<String> text(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_STRING ? Optional.of(json.getText()) : Optional.empty();
    }
}
