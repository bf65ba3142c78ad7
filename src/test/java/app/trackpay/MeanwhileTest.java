package app.trackpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class MeanwhileTest {

    @Test
    void theWorkIsDoneBesideWhoeverBeganIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Meanwhile<String> work = Meanwhile.begin(() -> {
            begun.countDown();
            return "done";
        });

        begun.await();
        assertThat(work.result()).isEqualTo("done");
        assertThat(work.result()).isEqualTo("done");
    }

    @Test
    void whatFailsIsToldWhereTheResultIsAskedFor() {
        CouldNotRunException why = new CouldNotRunException("manifest.json:1:2: no");
        Meanwhile<String> refused = Meanwhile.begin(() -> {
            throw why;
        });
        Meanwhile<String> broken = Meanwhile.begin(() -> {
            throw new UnsupportedOperationException("a fault of ours");
        });

        assertThatThrownBy(refused::result).isSameAs(why);
        assertThatThrownBy(broken::result)
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("a fault of ours");
    }

    @Test
    void whoeverIsInterruptedStaysInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        Meanwhile<String> work = Meanwhile.begin(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        });

        Thread.currentThread().interrupt();

        assertThatThrownBy(work::result).isInstanceOf(CouldNotRunException.class);
        assertThat(Thread.interrupted()).isTrue();
        never.countDown();
    }
}
