package app.trackpay.apply;

/**
 * A statement at the top level of a file.
 *
 * @param start the offset of its first character in the file's text
 * @param end the offset after its last, its semicolon included
 * @param escapes the file was read as if a backslash escaped in any string here, since it set {@code standard_conforming_strings = off}
 */
public record Statement(int start, int end, StatementKind kind, boolean escapes) {}
