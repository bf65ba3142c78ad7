package app.trackpay.catalog.expression;

import app.trackpay.catalog.expression.Expression.Constant;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads constants from the bytes in which a little-endian server keeps them. Types that no check asks about stay without a value. */
final class Constants {

    private static final Set<String> TEXT = Set.of("text", "character varying", "character", "unknown", "json", "xml");
    private static final int LONG_HEADER = 4;

    private Constants() {}

    static Constant read(String type, boolean isNull, boolean byValue, Node datum) {
        if (isNull || !(datum instanceof Node.Datum bytes)) {
            return new Constant(type, isNull, List.of());
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            return new Constant(type, false, byValue ? number(type, buffer) : value(type, buffer));
        } catch (RuntimeException e) {
            // a layout that is not the expected one: the constant is there, its value is not known
            return new Constant(type, false, List.of());
        }
    }

    private static List<String> number(String type, ByteBuffer bytes) {
        return switch (type) {
            case "boolean" -> List.of(bytes.get(0) != 0 ? "true" : "false");
            case "smallint", "integer", "bigint" -> List.of(Long.toString(bytes.getLong(0)));
            default -> List.of();
        };
    }

    private static List<String> value(String type, ByteBuffer bytes) {
        if (type.endsWith("[]")) {
            return array(type.substring(0, type.length() - 2), content(bytes));
        }
        if (TEXT.contains(type)) {
            return List.of(text(content(bytes)));
        }
        return switch (type) {
            case "uuid" -> List.of(uuid(bytes));
            case "name", "cstring" -> List.of(text(bytes).replace("\0", ""));
            default -> List.of();
        };
    }

    /** What follows the header of a value of variable length. */
    private static ByteBuffer content(ByteBuffer bytes) {
        int header = (bytes.get(0) & 1) == 1 ? 1 : LONG_HEADER;
        return bytes.slice(header, bytes.limit() - header).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static List<String> array(String element, ByteBuffer array) {
        int dimensions = array.getInt();
        int offset = array.getInt();
        array.getInt();
        if (dimensions == 0) {
            return List.of();
        }
        // NULL elements would need their bitmap read
        if (dimensions != 1 || offset != 0 || !(TEXT.contains(element) || element.equals("uuid"))) {
            return List.of();
        }
        int count = array.getInt();
        array.getInt();
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (element.equals("uuid")) {
                elements.add(uuid(array.slice()));
                array.position(array.position() + 16);
            } else {
                int start = array.position();
                // each element begins at a multiple of four, counted from the header in front
                int aligned = (start + LONG_HEADER - 1) / LONG_HEADER * LONG_HEADER;
                array.position(aligned);
                int length = array.getInt() >>> 2;
                elements.add(text(array.slice(aligned + LONG_HEADER, length - LONG_HEADER)));
                array.position(aligned + length);
            }
        }
        return List.copyOf(elements);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private static String uuid(ByteBuffer bytes) {
        ByteBuffer ordered = bytes.order(ByteOrder.BIG_ENDIAN);
        return new java.util.UUID(ordered.getLong(0), ordered.getLong(8)).toString();
    }
}
