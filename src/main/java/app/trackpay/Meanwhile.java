package app.trackpay;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work that goes on beside the thread that began it, which may wait for a server in the mean time. What fails in it fails where its result is
 * asked for.
 */
public final class Meanwhile<T> {

    /** What comes to a result, or tells why it cannot. */
    @FunctionalInterface
    public interface Work<T> {

        T result() throws CouldNotRunException;
    }

    private final FutureTask<T> task;

    private Meanwhile(FutureTask<T> task) {
        this.task = task;
    }

    /** Begins the work. */
    public static <T> Meanwhile<T> begin(Work<T> work) {
        Meanwhile<T> begun = new Meanwhile<>(new FutureTask<>(work::result));
        Thread thread = new Thread(begun.task, "trackpay-meanwhile");
        // nobody waits for what nobody asked for
        thread.setDaemon(true);
        thread.start();
        return begun;
    }

    /** Work that has ended already. */
    public static <T> Meanwhile<T> done(T result) {
        Meanwhile<T> done = new Meanwhile<>(new FutureTask<>(() -> result));
        done.task.run();
        return done;
    }

    /**
     * Waits for the work to end.
     *
     * @throws CouldNotRunException what the work ended with instead of a result
     */
    public T result() throws CouldNotRunException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CouldNotRunException why) {
                throw why;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CouldNotRunException("interrupted before all was read; run again", e);
        }
    }
}
