package app.trackpay.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreTest {

    @TempDir
    private Path folder;

    private Store store;

    @BeforeEach
    void makeStore() {
        store = new Store(folder.resolve("store"));
    }

    @Test
    void anEntryWhoseMakingFailsIsNotThere() throws IOException, CouldNotRunException {
        assertThatThrownBy(() -> store.locked(() -> store.put("entry", content -> {
                    Files.writeString(content.resolve("half"), "x");
                    throw new IOException("the disk is full");
                })))
                .hasMessage("the disk is full");

        assertThat(store.locked(() -> store.entry("entry"))).isEmpty();
        assertThat(folder.resolve("store")).isDirectoryNotContaining("glob:**staging*");
    }

    @Test
    void anEntryThatChangedIsDropped() throws IOException, CouldNotRunException {
        put("entry");
        assertThat(store.locked(() -> store.entry("entry"))).isPresent();

        Files.writeString(folder.resolve("store/entry/content/file"), "longer than it was");

        assertThat(store.locked(() -> store.entry("entry"))).isEmpty();
        assertThat(folder.resolve("store/entry")).doesNotExist();
    }

    @Test
    void pruningKeepsWhatWasUsedLast() throws IOException, CouldNotRunException {
        for (int i = 0; i < 10; i++) {
            put("entry" + i);
            Files.setLastModifiedTime(
                    folder.resolve("store/entry" + i + "/complete"), FileTime.fromMillis(1_000_000L + i * 1000L));
        }
        // using one makes it the newest
        store.locked(() -> store.entry("entry0"));

        store.locked(() -> {
            store.prune(3);
            return store;
        });

        for (int i = 0; i < 10; i++) {
            assertThat(Files.exists(folder.resolve("store/entry" + i)))
                    .as("entry" + i)
                    .isEqualTo(i == 0 || i > 7);
        }
    }

    @Test
    void threadsOfOneBuildTakeTurns() throws Exception {
        AtomicInteger made = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> build = () -> store.locked(() -> {
                if (store.entry("entry").isEmpty()) {
                    made.incrementAndGet();
                    store.put("entry", content -> Files.writeString(content.resolve("file"), "x"));
                }
                return store.entry("entry").isPresent();
            });
            List<Future<Boolean>> builds = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                builds.add(threads.submit(build));
            }
            for (Future<Boolean> done : builds) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(made).hasValue(1);
    }

    private void put(String name) throws IOException, CouldNotRunException {
        store.locked(() -> store.put(name, content -> Files.writeString(content.resolve("file"), "x")));
    }
}
