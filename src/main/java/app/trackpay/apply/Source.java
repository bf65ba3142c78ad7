package app.trackpay.apply;

import java.util.List;

/**
 * The text of a file, and where in it something is.
 *
 * @param file the file's name, for people
 * @param text without a byte order mark, line ends as they stand in the file
 */
public record Source(String file, String text) {

    private static final int WIDTH = 140;
    private static final int BEFORE = 60;

    /**
     * @param line counted from 1
     * @param column characters (code points) counted from 1
     */
    public record Place(int line, int column) {}

    /** A text as it came from a file; a byte order mark at its start is dropped. */
    public Source {
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Where a character of the text is. CRLF, LF and CR end a line. */
    Place place(int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && !text.startsWith("\r\n", i)) {
                line++;
            }
        }
        return new Place(line, text.codePointCount(lineStart(offset), offset) + 1);
    }

    /** {@code file:line:column}. */
    String location(int offset) {
        Place place = place(offset);
        return file + ":" + place.line() + ":" + place.column();
    }

    /** The line that holds a character, with its number, and below it a caret under the character. */
    List<String> excerpt(int offset) {
        int start = lineStart(offset);
        int end = offset;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        String head = "  " + place(offset).line() + " | ";
        int from = offset - start > WIDTH ? moved(offset, -BEFORE) : start;
        int to = end - from > WIDTH ? moved(from, WIDTH) : end;
        String line = (from > start ? "\u2026" : "") + text.substring(from, to) + (to < end ? "\u2026" : "");
        String before = (from > start ? " " : "") + text.substring(from, offset);
        return List.of(
                head + line,
                " ".repeat(head.length() - 2) + "| "
                        + before.codePoints().mapToObj(Source::blank).reduce("", String::concat) + "^");
    }

    private int moved(int offset, int by) {
        int target = Math.min(text.length(), offset + by);
        return target > 0 && target < text.length() && Character.isLowSurrogate(text.charAt(target))
                ? target - 1
                : target;
    }

    private int lineStart(int offset) {
        int start = offset;
        while (start > 0 && text.charAt(start - 1) != '\n' && text.charAt(start - 1) != '\r') {
            start--;
        }
        return start;
    }

    /** As much space as a terminal gives the character: a tab stays one, so that it lands on the same stop. */
    private static String blank(int c) {
        if (c == '\t') {
            return "\t";
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return "";
        }
        boolean wide = Character.isIdeographic(c)
                || Character.UnicodeScript.of(c) == Character.UnicodeScript.HANGUL
                || Character.UnicodeScript.of(c) == Character.UnicodeScript.HIRAGANA
                || Character.UnicodeScript.of(c) == Character.UnicodeScript.KATAKANA
                || c >= 0x1F300 && c <= 0x1FAFF;
        return wide ? "  " : " ";
    }
}
