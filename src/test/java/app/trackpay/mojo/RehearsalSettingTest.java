package app.trackpay.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class RehearsalSettingTest {

    private final Properties commandLine = new Properties();

    @Test
    void withoutAWordItIsTheEmbeddedServer() throws CouldNotRunException {
        for (String text : new String[] {null, "", "embedded", " Embedded "}) {
            assertThat(RehearsalSetting.of(text, null, commandLine)).isEqualTo(new RehearsalSetting.Embedded());
        }
    }

    @Test
    void aContainerMayHaveAnImageOfItsOwn() throws CouldNotRunException {
        assertThat(RehearsalSetting.of("container", null, commandLine))
                .isEqualTo(new RehearsalSetting.Container(Optional.empty()));
        assertThat(RehearsalSetting.of("container", " supabase/postgres:17.6.1 ", commandLine))
                .isEqualTo(new RehearsalSetting.Container(Optional.of("supabase/postgres:17.6.1")));
    }

    @Test
    void anImageWithoutAContainerIsAMistake() {
        assertThatThrownBy(() -> RehearsalSetting.of("embedded", "postgres:17", commandLine))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("trackpay.image is postgres:17")
                .hasMessageContaining("-Dtrackpay.rehearsal=container");
    }

    @Test
    void aServerMayCarryAPasswordOnlyWhereItWasTyped() throws CouldNotRunException {
        String url = "postgresql://admin@scratch/postgres";
        assertThat(RehearsalSetting.of(url, null, commandLine)).isEqualTo(new RehearsalSetting.Scratch(url, false));
        commandLine.setProperty("trackpay.rehearsal", url);
        assertThat(RehearsalSetting.of(url, null, commandLine)).isEqualTo(new RehearsalSetting.Scratch(url, true));
    }

    @Test
    void anythingElseIsNotGuessed() {
        assertThatThrownBy(() -> RehearsalSetting.of("docker", null, commandLine))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("\"docker\"")
                .hasMessageContaining("embedded, container");
    }
}
