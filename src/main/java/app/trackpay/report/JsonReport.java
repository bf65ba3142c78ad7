package app.trackpay.report;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.database.Target;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A verdict as {@code <goal>.json}, for other programs. */
public final class JsonReport {

    private static final int SCHEMA = 1;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private JsonReport() {}

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
            JsonNode clean = clean(json(verdict), redactor);
            return Files.writeString(
                    file, JSON.writer(PRETTY).writeValueAsString(clean) + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CouldNotRunException(
                    "The report " + file + " could not be written: " + e
                            + ". Set trackpay.outputDirectory to a folder that can be.",
                    e);
        }
    }

    private static ObjectNode json(Verdict verdict) {
        ObjectNode root = JSON.createObjectNode();
        root.put("schema", SCHEMA);
        root.put("goal", verdict.goal());
        root.put("verdict", verdict.outcome().toString());
        verdict.reason().ifPresent(reason -> root.put("reason", reason));
        verdict.target()
                .filter(target -> target.kind() != Target.Kind.NONE)
                .ifPresent(target -> root.set("target", json(target)));
        ObjectNode counts = root.putObject("counts");
        for (Severity severity : Severity.values()) {
            counts.put(severity.toString(), verdict.judgement().count(severity));
        }
        counts.put("suppressed", verdict.judgement().suppressed().size());
        root.set("findings", json(verdict.judgement().findings()));
        ArrayNode suppressed = root.putArray("suppressed");
        verdict.judgement()
                .suppressed()
                .forEach(accepted -> suppressed.add(json(accepted.finding()).put("reason", accepted.reason())));
        verdict.tables().forEach(table -> root.set(table.name(), json(table)));
        return root;
    }

    private static ObjectNode json(Target target) {
        ObjectNode json = JSON.createObjectNode()
                .put("kind", target.kind().name().toLowerCase(Locale.ROOT))
                .put("host", target.host())
                .put("port", target.port())
                .put("database", target.database())
                .put("server", target.server());
        return target.engine().isEmpty() ? json : json.put("engine", target.engine());
    }

    private static ArrayNode json(List<Finding> findings) {
        ArrayNode array = JSON.createArrayNode();
        findings.forEach(finding -> array.add(json(finding)));
        return array;
    }

    private static ObjectNode json(Finding finding) {
        ObjectNode node = JSON.createObjectNode()
                .put("check", finding.check())
                .put("severity", finding.severity().toString())
                .put("object", finding.object())
                .put("message", finding.message())
                .put("fix", finding.fix());
        finding.step().ifPresent(step -> node.put("step", step.id()));
        Location.of(finding).ifPresent(place -> {
            node.put("file", place.file());
            place.line().ifPresent(line -> node.put("line", line));
        });
        finding.repair().ifPresent(sql -> node.put("repair", sql));
        finding.shows().ifPresent(sql -> node.put("shows", sql));
        return node.put("key", finding.key());
    }

    /** Redacts values, never names: a secret that happens to be a field's name must not break the document. */
    private static JsonNode clean(JsonNode node, Redactor redactor) {
        if (node.isTextual()) {
            return TextNode.valueOf(redactor.clean(node.textValue()));
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(clean(field.getValue(), redactor)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, clean(array.get(i), redactor));
            }
        }
        return node;
    }

    private static ArrayNode json(Table table) {
        ArrayNode array = JSON.createArrayNode();
        for (List<String> row : table.rows()) {
            ObjectNode node = array.addObject();
            for (int i = 0; i < row.size(); i++) {
                node.put(table.columns().get(i), row.get(i));
            }
        }
        return array;
    }
}
