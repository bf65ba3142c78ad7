package app.trackpay.plan;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What a file says.
 *
 * @param file where it was read
 * @param text as written, without the byte order mark; line ends stay as they are, so that positions stay true
 */
public record StepText(Path file, String text) {

    /** As many bytes tell how a file is encoded. */
    private static final int BEGINNING = 512;

    /**
     * Reads a file as UTF-8.
     *
     * @throws CouldNotRunException when it cannot be read, or is no text: then with the line and the column of the first byte that is not
     */
    public static StepText read(Path file) throws CouldNotRunException {
        return new StepText(file, decoded(file, bytes(file)));
    }

    private static byte[] bytes(Path file) throws CouldNotRunException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new CouldNotRunException(file + ": there is no such file. Add it, or take it out of the plan.", e);
        } catch (IOException e) {
            String why = Files.isDirectory(file) ? "it is a folder" : e.toString();
            throw new CouldNotRunException(file + ": the file cannot be read (" + why + ").", e);
        }
    }

    private static String decoded(Path file, byte[] bytes) throws CouldNotRunException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            throw notText(file, in.position(), bytes);
        }
        for (int i = 0; i < bytes.length; i++) {
            // PostgreSQL takes no NUL, and files with one are no text
            if (bytes[i] == 0) {
                throw notText(file, i, bytes);
            }
        }
        String text = out.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static CouldNotRunException notText(Path file, int offset, byte[] bytes) {
        String before = new String(bytes, 0, offset, StandardCharsets.UTF_8);
        String[] lines = before.split("\r\n|\r|\n", -1);
        String last = lines[lines.length - 1];
        return new CouldNotRunException("%s:%d:%d: not UTF-8 text: the byte here is 0x%02X%s. Save the file as UTF-8."
                .formatted(
                        file,
                        lines.length,
                        last.codePointCount(0, last.length()) + 1,
                        bytes[offset],
                        isUtf16(bytes) ? " (it looks like UTF-16)" : ""));
    }

    /** By its mark; without one, by the zero beside each plain letter, always on the same side of it. */
    private static boolean isUtf16(byte[] bytes) {
        int looked = Math.min(bytes.length, BEGINNING);
        int[] zeros = new int[2];
        for (int i = 0; i < looked; i++) {
            if (bytes[i] == 0) {
                zeros[i % 2]++;
            }
        }
        int most = Math.max(zeros[0], zeros[1]);
        int others = Math.min(zeros[0], zeros[1]);
        return isMarked(bytes) || most > 1 && most > looked / 4 && most > 4 * others;
    }

    private static boolean isMarked(byte[] bytes) {
        return bytes.length > 1
                && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                        || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
    }
}
