package app.trackpay.report;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.Finding;
import app.trackpay.check.Judgement;
import app.trackpay.check.Severity;
import app.trackpay.database.Target;
import app.trackpay.plan.Step;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A verdict as {@code <goal>.json}, for other programs. Written field by field: every goal does it, and a tree of the document would load some
 * hundred classes more. Values are redacted, names never are: a secret that happens to be a field's name must not break the document.
 */
public final class JsonReport {

    private static final int SCHEMA = 1;

    private final JsonGenerator json;
    private final Redactor redactor;

    private JsonReport(JsonGenerator json, Redactor redactor) {
        this.json = json;
        this.redactor = redactor;
    }

    /**
     * Writes the verdict into a folder, which is made when it is missing.
     *
     * @return the file
     * @throws CouldNotRunException when the file cannot be written
     */
    public static Path write(Verdict verdict, Path directory, Redactor redactor) throws CouldNotRunException {
        Path file = directory.resolve(verdict.goal() + ".json");
        try {
            Files.createDirectories(directory);
            return Files.writeString(file, text(verdict, redactor) + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CouldNotRunException(
                    "The report " + file + " could not be written: " + e
                            + ". Set trackpay.outputDirectory to a folder that can be.",
                    e);
        }
    }

    private static String text(Verdict verdict, Redactor redactor) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
            new JsonReport(json, redactor).verdict(verdict);
        }
        return text.toString();
    }

    private void verdict(Verdict verdict) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", SCHEMA);
        put("goal", verdict.goal());
        put("verdict", verdict.outcome().toString());
        put("reason", verdict.reason());
        Optional<Target> target = verdict.target().filter(known -> known.kind() != Target.Kind.NONE);
        if (target.isPresent()) {
            target(target.get());
        }
        json.writeObjectFieldStart("counts");
        for (Severity severity : Severity.values()) {
            json.writeNumberField(severity.toString(), verdict.judgement().count(severity));
        }
        json.writeNumberField("suppressed", verdict.judgement().suppressed().size());
        json.writeEndObject();
        json.writeArrayFieldStart("findings");
        for (Finding finding : verdict.judgement().findings()) {
            finding(finding, Optional.empty());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("suppressed");
        for (Judgement.Suppressed accepted : verdict.judgement().suppressed()) {
            finding(accepted.finding(), Optional.of(accepted.reason()));
        }
        json.writeEndArray();
        for (Table table : verdict.tables()) {
            table(table);
        }
        json.writeEndObject();
    }

    private void target(Target target) throws IOException {
        json.writeObjectFieldStart("target");
        put("kind", target.kind().name().toLowerCase(Locale.ROOT));
        put("host", target.host());
        json.writeNumberField("port", target.port());
        put("database", target.database());
        put("server", target.server());
        put("engine", Optional.of(target.engine()).filter(engine -> !engine.isEmpty()));
        json.writeEndObject();
    }

    private void finding(Finding finding, Optional<String> reason) throws IOException {
        json.writeStartObject();
        put("check", finding.check());
        put("severity", finding.severity().toString());
        put("object", finding.object());
        put("message", finding.message());
        put("fix", finding.fix());
        put("step", finding.step().map(Step::id));
        Optional<Location> place = Location.of(finding);
        put("file", place.map(Location::file));
        if (place.isPresent() && place.get().line().isPresent()) {
            json.writeNumberField("line", place.get().line().getAsInt());
        }
        put("repair", finding.repair());
        put("shows", finding.shows());
        put("key", finding.key());
        put("reason", reason);
        json.writeEndObject();
    }

    private void table(Table table) throws IOException {
        json.writeArrayFieldStart(table.name());
        for (List<String> row : table.rows()) {
            json.writeStartObject();
            for (int i = 0; i < row.size(); i++) {
                put(table.columns().get(i), row.get(i));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void put(String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            put(name, value.get());
        }
    }

    private void put(String name, String value) throws IOException {
        json.writeStringField(name, redactor.clean(value));
    }
}
