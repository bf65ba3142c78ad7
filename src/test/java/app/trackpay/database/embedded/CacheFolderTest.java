package app.trackpay.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CacheFolderTest {

    private static final Path HOME = Path.of("/home/user");

    @Test
    void theCacheLiesWhereTheSystemKeepsCaches() {
        assertThat(CacheFolder.locate(Map.of(), "Linux", HOME)).isEqualTo(Path.of("/home/user/.cache/trackpay"));
        assertThat(CacheFolder.locate(Map.of(), "Mac OS X", HOME))
                .isEqualTo(Path.of("/home/user/Library/Caches/trackpay"));
        assertThat(CacheFolder.locate(Map.of("LOCALAPPDATA", "/local"), "Windows 11", HOME))
                .isEqualTo(Path.of("/local/trackpay"));
        assertThat(CacheFolder.locate(Map.of(), "Windows 11", HOME))
                .isEqualTo(Path.of("/home/user/AppData/Local/trackpay"));
    }

    @Test
    void whatTheUserSetsGoesFirst() {
        Map<String, String> both = Map.of("TRACKPAY_CACHE", "/mine", "XDG_CACHE_HOME", "/xdg");

        assertThat(CacheFolder.locate(both, "Linux", HOME)).isEqualTo(Path.of("/mine"));
        assertThat(CacheFolder.locate(Map.of("XDG_CACHE_HOME", "/xdg"), "Linux", HOME))
                .isEqualTo(Path.of("/xdg/trackpay"));
    }

    @Test
    void aUserWhomTheSystemDoesNotKnowHasHome() {
        assertThat(CacheFolder.locate(Map.of("HOME", "/home/build"), "Linux", Path.of("?")))
                .isEqualTo(Path.of("/home/build/.cache/trackpay"));
    }

    @Test
    void anEmptyVariableIsAsIfItWereNotSet() {
        assertThat(CacheFolder.locate(Map.of("TRACKPAY_CACHE", "", "XDG_CACHE_HOME", " "), "Linux", HOME))
                .isEqualTo(Path.of("/home/user/.cache/trackpay"));
    }
}
