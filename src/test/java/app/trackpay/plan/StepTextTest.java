package app.trackpay.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepTextTest {

    @TempDir
    Path folder;

    @Test
    void theChecksumIsSha256OfTheText() throws Exception {
        assertThat(read("abc".getBytes(StandardCharsets.UTF_8)).checksum())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void lineEndsAndByteOrderMarkDoNotChangeTheChecksum() throws Exception {
        StepText unix = read("SELECT 'é';\nSELECT 2;\n".getBytes(StandardCharsets.UTF_8));
        StepText windows = read("\uFEFFSELECT 'é';\r\nSELECT 2;\r\n".getBytes(StandardCharsets.UTF_8));

        assertThat(windows.checksum()).isEqualTo(unix.checksum());
        assertThat(windows.text()).isEqualTo("SELECT 'é';\r\nSELECT 2;\r\n");
        assertThat(read("SELECT 'e';\nSELECT 2;\n".getBytes(StandardCharsets.UTF_8))
                        .checksum())
                .isNotEqualTo(unix.checksum());
    }

    @Test
    void otherEncodingsAreRefusedWithTheFirstByteThatIsNoText() {
        assertThatThrownBy(() -> read("-- café".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageEndingWith("a.sql: not UTF-8 text: the byte at offset 6 is 0xE9; save the file as UTF-8");
        assertThatThrownBy(() -> read(new byte[] {(byte) 0xFF, (byte) 0xFE, 'S', 0}))
                .hasMessageEndingWith("the byte at offset 0 is 0xFF (it looks like UTF-16); save the file as UTF-8");
        assertThatThrownBy(() -> read(new byte[] {'S', 0})).hasMessageContaining("the byte at offset 1 is 0x00");
    }

    @Test
    void whatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> StepText.read(folder.resolve("none.sql")))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessage(folder.resolve("none.sql") + ": there is no such file");
        assertThatThrownBy(() -> StepText.read(folder)).hasMessageContaining("it is a folder");
    }

    private StepText read(byte[] bytes) throws Exception {
        return StepText.read(Files.write(folder.resolve("a.sql"), bytes));
    }
}
