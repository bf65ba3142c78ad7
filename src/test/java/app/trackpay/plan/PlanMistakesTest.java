package app.trackpay.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code mistakes.txt} holds plans with mistakes, each followed by all that is said about it. */
class PlanMistakesTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void everyMistakeIsSaidWithItsPlace(String name, String text, String said) throws Exception {
        Files.writeString(folder.resolve("trackpay.yaml"), text);

        Throwable thrown = catchThrowable(() -> PlanReader.read(folder));

        assertThat(thrown).isInstanceOf(CouldNotRunException.class);
        assertThat(thrown.getMessage().replace(folder.toString(), "<folder>")).isEqualTo(said);
    }

    static Stream<Arguments> mistakes() throws IOException {
        String all;
        try (var in = PlanMistakesTest.class.getResourceAsStream("mistakes.txt")) {
            all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return Arrays.stream(all.split("(?m)^=== ")).skip(1).map(entry -> {
            int name = entry.indexOf('\n');
            String[] parts = entry.substring(name + 1).split("(?m)^---8<---\n", 2);
            return Arguments.of(entry.substring(0, name), parts[0], parts[1].stripTrailing());
        });
    }

    @Test
    void everyCheckThatHasAPageCanBeSuppressed() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("src/site/markdown/checks"))) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(CheckNames.ALL);
        }
    }

    @Test
    void placesAreTrueWithWindowsLineEnds() throws Exception {
        Files.writeString(
                folder.resolve("trackpay.yaml"), "\uFEFFversion: 1\r\nsteps: [{ id: a, file: a.sql }]\r\nfoo: 1\r\n");

        assertThat(catchThrowable(() -> PlanReader.read(folder)))
                .hasMessageStartingWith("trackpay.yaml:3:1: unknown key \"foo\"")
                .hasMessageContaining("\n  foo: 1\n  ^\n");
    }

    @Test
    void anyRubbishIsReadOrRefused() throws Exception {
        byte[] sound = PlanReaderTest.everyKey().getBytes(StandardCharsets.UTF_8);
        byte[] marks = "{}[]:,-#&*!|>'\"%@`?\n\t \0\u007f".getBytes(StandardCharsets.UTF_8);
        Random random = new Random(20261122);
        int refused = 0;
        for (int round = 0; round < 800; round++) {
            byte[] bytes = sound.clone();
            for (int change = random.nextInt(6); change >= 0; change--) {
                int at = random.nextInt(bytes.length);
                int to = Math.min(bytes.length, at + random.nextInt(40));
                switch (random.nextInt(4)) {
                    case 0 -> bytes[at] = (byte) random.nextInt(256);
                    case 1 -> bytes[at] = marks[random.nextInt(marks.length)];
                    case 2 -> System.arraycopy(sound, random.nextInt(sound.length - 40), bytes, at, to - at);
                    default -> bytes = Arrays.copyOf(bytes, Math.max(1, to));
                }
            }
            Files.write(folder.resolve("trackpay.yaml"), bytes);
            try {
                assertThat(PlanReader.read(folder).steps()).isNotEmpty();
            } catch (CouldNotRunException e) {
                refused++;
                assertThat(e.getMessage()).contains("trackpay.yaml");
            }
        }
        assertThat(refused).isBetween(250, 799);
    }
}
