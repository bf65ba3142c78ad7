package app.trackpay.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceTest {

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "5s,PT5S", "' 2 min ',PT2M", "1h,PT1H", "0s,PT0S", "596h,PT596H"})
    void aSpanOfTimeHasAUnit(String text, Duration duration) throws Exception {
        assertThat(Choice.duration("lockTimeout", text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5", "", "s", "-5s", "5 seconds", "5m", "1.5s", "5S", "none", "99999999999s", "5s 2ms", "٥s"})
    void nonsenseIsRefusedWithWhatMayStandThere(String text) {
        assertThatThrownBy(() -> Choice.duration("lockTimeout", text))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessage("trackpay.lockTimeout is \"" + text
                        + "\"; it must be a whole number and its unit: 500ms, 5s, 2min or 1h.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"597h", "999999999s"})
    void moreThanTheServerTakesIsRefused(String text) {
        assertThatThrownBy(() -> Choice.duration("statementTimeout", text))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("no more than 596h");
    }
}
