package app.trackpay.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepTextTest {

    @TempDir
    Path folder;

    @Test
    void aByteOrderMarkIsLeftOutAndLineEndsStay() throws Exception {
        assertThat(read("\uFEFFSELECT 'é';\r\nSELECT 2;\r\n".getBytes(StandardCharsets.UTF_8))
                        .text())
                .isEqualTo("SELECT 'é';\r\nSELECT 2;\r\n");
    }

    @Test
    void otherEncodingsAreRefusedWithThePlaceOfTheFirstByteThatIsNoText() {
        assertThatThrownBy(() -> read("SELECT 1;\r\n-- café".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageEndingWith("a.sql:2:7: not UTF-8 text: the byte here is 0xE9. Save the file as UTF-8.");
        assertThatThrownBy(() -> read(new byte[] {(byte) 0xFF, (byte) 0xFE, 'S', 0}))
                .hasMessageEndingWith("a.sql:1:1: not UTF-8 text: the byte here is 0xFF (it looks like UTF-16). "
                        + "Save the file as UTF-8.");
        assertThatThrownBy(() -> read(new byte[] {'S', 0})).hasMessageContaining("a.sql:1:2: not UTF-8 text");
        assertThatThrownBy(
                        () -> read(new byte[] {(byte) 0xC3, (byte) 0xA9, '\n', (byte) 0xC3, (byte) 0xA9, (byte) 0xE9}))
                .hasMessageContaining("a.sql:2:2: not UTF-8 text");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, 1:2", "UTF-16BE, 1:1"})
    void utf16IsKnownWithoutItsMark(String encoding, String place) {
        for (String text : List.of("SELECT 1;\r\n", "S;", "-- \u2014 \u4e00\nSELECT 1;\n".repeat(100))) {
            assertThatThrownBy(() -> read(text.getBytes(Charset.forName(encoding))))
                    .as(text.substring(0, 2))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageEndingWith(
                            "a.sql:" + place
                                    + ": not UTF-8 text: the byte here is 0x00 (it looks like UTF-16). Save the file as UTF-8.");
        }
        // its first byte that is no UTF-8 is no zero
        assertThatThrownBy(() -> read("\u00e9t\u00e9;".getBytes(StandardCharsets.UTF_16LE)))
                .hasMessageEndingWith("the byte here is 0xE9 (it looks like UTF-16). Save the file as UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT\0 1;", "S\0", "\0\0\0\0\0\0\0\0", "S\0E\0LECT 1; -- a few more", "S\0\0EL\0\0E"})
    void zerosInATextDoNotMakeItUtf16(String text) {
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageEndingWith("not UTF-8 text: the byte here is 0x00. Save the file as UTF-8.");
    }

    @Test
    void whatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> StepText.read(folder.resolve("none.sql")))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessage(
                        folder.resolve("none.sql") + ": there is no such file. Add it, or take it out of the plan.");
        assertThatThrownBy(() -> StepText.read(folder)).hasMessageContaining("it is a folder");
    }

    private StepText read(byte[] bytes) throws Exception {
        return StepText.read(Files.write(folder.resolve("a.sql"), bytes));
    }
}
