package app.trackpay.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.ReferenceDatabase;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.database.GrantEra;
import app.trackpay.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The manifest that comes with the reference set, and the set on every server and in both grant eras. */
final class ReferenceManifestTest {

    private static Manifest on(int major, GrantEra era) {
        ReferenceDatabase database = ReferenceDatabase.on(major, era);
        try (Trial trial = database.trial()) {
            return Manifest.of(trial.catalog(), database.plan());
        }
    }

    private static Plan plan() {
        return ReferenceDatabase.on(17, GrantEra.NEW).plan();
    }

    @Test
    void theManifestThatInitWritesIsWhatTheSetMakes() throws Exception {
        Path committed = Path.of("src/main/resources/app/trackpay/reference/manifest.json");
        Path made = Path.of("target/reference-manifest.json");
        ManifestFile.write(on(17, GrantEra.NEW), made);

        assertThat(Files.readString(committed))
                .as("run save-manifest on the reference set, or copy %s", made)
                .isEqualTo(Files.readString(made));
        assertThat(plan().directory().resolve("manifest.json")).hasSameTextualContentAs(committed);
    }

    @ParameterizedTest
    @EnumSource(GrantEra.class)
    void noTwoMajorVersionsDiffer(GrantEra era) {
        Map<Integer, Manifest> manifests = new TreeMap<>();
        for (int major = 14; major <= 18; major++) {
            manifests.put(major, on(major, era));
        }
        List<String> drift = new ArrayList<>();
        manifests.forEach((one, expected) -> manifests.forEach((other, actual) ->
                Comparison.of(expected, actual).forEach(d -> drift.add(one + "/" + other + " " + Drift.line(d)))));

        assertThat(drift).isEmpty();
    }

    @Test
    void theOtherGrantEraMakesNoDifference() {
        for (int major : List.of(14, 17, 18)) {
            assertThat(on(major, GrantEra.OLD)).isEqualTo(on(major, GrantEra.NEW));
        }
    }

    @Test
    void holdsTheTablesOfThePlanAndNothingOfThePlatform() {
        Manifest manifest = on(17, GrantEra.NEW);

        assertThat(manifest.entries().keySet())
                .filteredOn(object -> object.kind() == Kind.TABLE)
                .hasSize(8);
        assertThat(manifest.entries().keySet())
                .extracting(ObjectName::toString)
                .contains("extension pgcrypto", "schema public", "role anon", "publication supabase_realtime")
                .doesNotContain("extension plpgsql", "extension \"uuid-ossp\"", "schema auth", "table auth.users")
                .noneMatch(object -> object.contains("trackpay_history"));
    }
}
