package app.trackpay.apply;

import java.util.List;

/**
 * A step's file, read.
 *
 * @param source as it stands in the file
 * @param sendable the same length; what is not for the server is blank in it
 * @param sections in order; one without number and title for a step that has none
 */
public record Script(Source source, String sendable, List<Section> sections) {

    /**
     * @param number as its header says; 0 for a file without sections
     * @param start the offset of its header
     * @param end the offset after its last character
     */
    record Section(int number, String title, int start, int end, List<Part> parts) {}

    /** The same file, of which the server gets something else of the same length. */
    Script sending(String other) {
        return new Script(source, other, sections);
    }

    /** What the server gets for a stretch of the file. */
    String sent(int start, int end) {
        return sendable.substring(start, end);
    }

    /** What begins a part's transaction: the file's own BEGIN with its isolation level, or a plain one. */
    String begin(Part part) {
        return part.own()
                .map(own -> source.text()
                        .substring(own.begin().start(), own.begin().end())
                        .replaceFirst("\\\\;$", ";"))
                .orElse("BEGIN;");
    }

    /** The offset of the n-th character (from 1, in code points) of a text that was sent from an offset on. */
    int offset(int start, int position) {
        int last = sendable.codePointCount(start, sendable.length());
        return sendable.offsetByCodePoints(start, Math.min(position - 1, last));
    }
}
