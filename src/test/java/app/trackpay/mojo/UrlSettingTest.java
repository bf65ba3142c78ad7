package app.trackpay.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.model.Build;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlSettingTest {

    private static final String URL = "postgres://db.example:5432/app";
    private static final String NOT_CONFIGURED = "${trackpay.url}";

    private final Properties commandLine = new Properties();
    private final MavenProject project = new MavenProject();

    @Test
    void nothingAnywhereIsARehearsal() throws Exception {
        assertThat(setting(NOT_CONFIGURED, null, Map.of())).isEmpty();
    }

    @Test
    void aUrlInThePomIsLive() throws Exception {
        assertThat(setting(URL, URL, Map.of()).orElseThrow().inPom()).isTrue();
    }

    @Test
    void aUrlTypedWithTheCommandMayCarryAPassword() throws Exception {
        commandLine.setProperty("trackpay.url", URL);
        assertThat(setting(NOT_CONFIGURED, URL, Map.of()).orElseThrow().inPom()).isFalse();
    }

    @Test
    void aPropertyOfThePomIsAUrlToo() throws Exception {
        project.getProperties().setProperty("trackpay.url", URL);
        assertThat(setting(NOT_CONFIGURED, URL, Map.of()).orElseThrow().text()).isEqualTo(URL);
    }

    @Test
    void theEnvironmentIsReadWithoutMavenSeeingIt() throws Exception {
        assertThat(setting(NOT_CONFIGURED, null, Map.of("TRACKPAY_DB_URL", URL))
                        .orElseThrow()
                        .text())
                .isEqualTo(URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void anEmptyUrlIsNeverARehearsal(String empty) {
        assertThatThrownBy(() -> setting(empty, null, Map.of()))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("<url> in the pom is set to nothing");
        assertThatThrownBy(() -> setting(NOT_CONFIGURED, null, Map.of("TRACKPAY_DB_URL", empty)))
                .hasMessageContaining("TRACKPAY_DB_URL is set to nothing");
        commandLine.setProperty("trackpay.url", empty);
        assertThatThrownBy(() -> setting(NOT_CONFIGURED, null, Map.of()))
                .hasMessageContaining("-Dtrackpay.url is set to nothing");
    }

    @Test
    void anUnresolvedUrlIsNeverARehearsal() {
        assertThatThrownBy(() -> setting("${env.PROD_URL}", null, Map.of()))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("${env.PROD_URL}")
                .hasMessageContaining("not resolved");
    }

    @Test
    void twoUrlsAreNotGuessedAbout() {
        commandLine.setProperty("trackpay.url", URL);
        assertThatThrownBy(() -> setting(NOT_CONFIGURED, URL, Map.of("TRACKPAY_DB_URL", URL)))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("-Dtrackpay.url and by the environment variable TRACKPAY_DB_URL");
    }

    private Optional<UrlSetting> setting(
            @Nullable String written, @Nullable String evaluated, Map<String, String> environment)
            throws CouldNotRunException {
        Plugin plugin = new Plugin();
        plugin.setGroupId("app.trackpay");
        plugin.setArtifactId("trackpay-maven-plugin");
        Build build = new Build();
        build.addPlugin(plugin);
        project.setBuild(build);
        if (!NOT_CONFIGURED.equals(written)) {
            Xpp3Dom configuration = new Xpp3Dom("configuration");
            Xpp3Dom url = new Xpp3Dom("url");
            url.setValue(written);
            configuration.addChild(url);
            plugin.setConfiguration(configuration);
        }
        MojoExecution execution = new MojoExecution(plugin, "health", "default");
        return UrlSetting.of(execution, project, evaluated, commandLine, environment);
    }
}
