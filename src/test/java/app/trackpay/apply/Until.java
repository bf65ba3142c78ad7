package app.trackpay.apply;

import java.util.concurrent.Callable;

/** Waits for something that another process does. */
final class Until {

    private Until() {}

    static void holds(Callable<Boolean> condition) throws Exception {
        for (int tried = 0; tried < 3000; tried++) {
            if (condition.call()) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("it did not happen within a minute");
    }
}
