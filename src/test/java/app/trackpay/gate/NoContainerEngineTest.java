package app.trackpay.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on the screen where a container is asked for and no engine is there. */
final class NoContainerEngineTest {

    @TempDir
    private Path home;

    @Test
    void oneSentenceSaysSoAndNoStackTraceStandsBesideIt() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Duser.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        NoContainerEngine.class.getName())
                .redirectErrorStream(true);
        builder.environment().put("DOCKER_HOST", "unix://" + home.resolve("no.sock"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(said.lines())
                .singleElement()
                .asString()
                .startsWith("trackpay.rehearsal is container, and no container engine answers. Start Docker");
    }
}
