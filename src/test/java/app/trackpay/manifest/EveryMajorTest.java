package app.trackpay.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.database.GrantEra;
import app.trackpay.manifest.Clones.Clone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What differs only between versions is no drift; what differs besides is. */
final class EveryMajorTest {

    private static Manifest on(int major, String... changes) {
        Clones clones = Clones.on(major, GrantEra.NEW);
        try (Clone clone = clones.open()) {
            return clone.run("GRANT ALL ON billing.items TO service_role")
                    .run(changes)
                    .manifest(clones.wide());
        }
    }

    @Test
    void everyKindOfObjectIsTheSameOnAllPairsOfServers() {
        Map<Integer, Manifest> manifests = new TreeMap<>();
        for (int major = 14; major <= 18; major++) {
            manifests.put(major, on(major));
        }
        List<String> drift = new ArrayList<>();
        manifests.forEach((one, expected) -> manifests.forEach((other, actual) ->
                Comparison.of(expected, actual).forEach(d -> drift.add(one + "/" + other + " " + Drift.line(d)))));

        assertThat(drift).isEmpty();
    }

    @Test
    void aRealChangeIsNamedAcrossVersions() {
        assertThat(Comparison.of(
                        on(14),
                        on(
                                18,
                                "CREATE OR REPLACE VIEW billing.cheap AS SELECT id, name FROM billing.items WHERE price < 6",
                                "REVOKE UPDATE ON billing.items FROM service_role",
                                "ALTER POLICY own ON billing.items USING (true)")))
                .extracting(Drift::line)
                .containsExactly(
                        "~ policy billing.items.own (using), access widened",
                        "~ table billing.items (privileges of service_role), access narrowed",
                        "~ view billing.cheap (definition)");
    }
}
