package app.trackpay.manifest;

import app.trackpay.CouldNotRunException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads one manifest, token by token, because only then it is known where a mistake stands. */
final class ManifestParser {

    // an object's name comes once: a table of all names would be of no use, and of a large manifest it is a large one
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();
    private static final String REMEDY =
            ". Take the committed file back, or move it away and write it anew with the goal save-manifest";

    private final String name;
    private final String text;
    // what a manifest says over and over again is kept once
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();

    ManifestParser(String name, String text) {
        this.name = name;
        this.text = text;
    }

    Manifest read() throws CouldNotRunException {
        try (JsonParser json = JSON.createParser(text)) {
            Manifest manifest = manifest(json);
            if (json.nextToken() != null) {
                throw wrong(json.currentTokenLocation(), "something follows the end of the manifest");
            }
            return manifest;
        } catch (JsonParseException e) {
            throw wrong(e.getLocation(), said(e));
        } catch (JsonProcessingException e) {
            throw wrong(e.getLocation(), e.getOriginalMessage());
        } catch (IOException e) {
            throw new CouldNotRunException(name + ": the manifest cannot be read (" + e + ")", e);
        }
    }

    private String said(JsonParseException e) {
        boolean conflict = text.lines().anyMatch(line -> line.startsWith("<<<<<<< "));
        return conflict
                ? "the marks of a merge conflict are still in it"
                : "this is no JSON: " + e.getOriginalMessage();
    }

    private Manifest manifest(JsonParser json) throws IOException, CouldNotRunException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw wrong(json.currentTokenLocation(), "a manifest is a JSON object, and this is none");
        }
        int version = 0;
        int server = 0;
        TreeMap<ObjectName, Entry> entries = null;
        Set<String> fields = new HashSet<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            JsonLocation place = json.currentTokenLocation();
            String field = json.currentName();
            if (!fields.add(field)) {
                throw twice(place, field);
            }
            json.nextToken();
            switch (field) {
                case "version" -> version = version(json);
                case "server" -> server = number(json, "server");
                case "objects" -> entries = objects(json, version);
                default -> throw wrong(place, "\"" + field + "\" is no part of a manifest");
            }
        }
        if (version == 0 || server == 0 || entries == null) {
            throw wrong(
                    json.currentTokenLocation(),
                    "\"" + (version == 0 ? "version" : server == 0 ? "server" : "objects")
                            + "\" is missing: this is no manifest of this plugin");
        }
        return new Manifest(server, entries);
    }

    private int version(JsonParser json) throws IOException, CouldNotRunException {
        int version = number(json, "version");
        if (version > ManifestJson.VERSION) {
            throw new CouldNotRunException(name + " was written by a newer version of the plugin (format " + version
                    + "; this one knows " + ManifestJson.VERSION + "). Use that version of the plugin here, too.");
        }
        return version;
    }

    private int number(JsonParser json, String field) throws IOException, CouldNotRunException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getIntValue() < 1) {
            throw wrong(json.currentTokenLocation(), "\"" + field + "\" must be a whole number from 1");
        }
        return json.getIntValue();
    }

    private TreeMap<ObjectName, Entry> objects(JsonParser json, int version) throws IOException, CouldNotRunException {
        if (version == 0) {
            throw wrong(json.currentTokenLocation(), "\"version\" must stand before \"objects\"");
        }
        TreeMap<ObjectName, Entry> entries = new TreeMap<>();
        begin(json, "\"objects\" must be an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            JsonLocation place = json.currentTokenLocation();
            String key = json.currentName();
            ObjectName object = ObjectName.parse(key)
                    .orElseThrow(
                            () -> wrong(place, "\"" + key + "\" does not begin with a kind of object that is known"));
            json.nextToken();
            if (entries.put(object, new Entry(object, attributes(json, key))) != null) {
                throw twice(place, key);
            }
        }
        return entries;
    }

    private TreeMap<String, Value> attributes(JsonParser json, String object) throws IOException, CouldNotRunException {
        TreeMap<String, Value> attributes = new TreeMap<>();
        begin(json, "\"" + object + "\" must be an object of attributes");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            JsonLocation place = json.currentTokenLocation();
            String attribute = names.computeIfAbsent(json.currentName(), same -> same);
            if (attributes.put(attribute, value(json, attribute)) != null) {
                throw twice(place, attribute);
            }
        }
        return attributes;
    }

    private Value value(JsonParser json, String attribute) throws IOException, CouldNotRunException {
        if (json.nextToken() == JsonToken.VALUE_STRING) {
            return values.computeIfAbsent(json.getText(), line -> new Value(List.of(line)));
        }
        List<String> lines = new ArrayList<>();
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                lines.add(json.getText());
            }
        }
        if (json.currentToken() != JsonToken.END_ARRAY || lines.size() < 2) {
            throw wrong(
                    json.currentTokenLocation(),
                    "\"" + attribute + "\" must be a text, or a list of two texts or more");
        }
        return new Value(lines);
    }

    private void begin(JsonParser json, String otherwise) throws CouldNotRunException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(json.currentTokenLocation(), otherwise);
        }
    }

    private CouldNotRunException twice(JsonLocation place, String field) {
        return wrong(place, "\"" + field + "\" is there twice");
    }

    private CouldNotRunException wrong(JsonLocation place, String what) {
        return new CouldNotRunException(
                name + ":" + place.getLineNr() + ":" + place.getColumnNr() + ": " + what + REMEDY + ".");
    }
}
