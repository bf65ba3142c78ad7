package app.trackpay.probe;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.Finding;
import app.trackpay.check.ReferenceDatabase;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.GrantEra;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.TestPostgres;
import app.trackpay.database.Wire;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference set as it is: on every server and in both grant eras, everybody gets what the plan says. */
final class ReferenceProbeTest {

    static Stream<Arguments> servers() {
        return IntStream.rangeClosed(14, 18)
                .boxed()
                .flatMap(major -> Stream.of(GrantEra.values()).map(era -> Arguments.of(major, era)));
    }

    private static LiveDatabase open(ReferenceDatabase reference, int port) throws Exception {
        TestPostgres.Database database = reference.database();
        return LiveDatabase.open(
                DatabaseUrl.parse("jdbc:postgresql://127.0.0.1:" + port + "/" + database.name() + "?sslmode=disable"),
                new Login(
                        database.migrations().user(),
                        Optional.of(database.migrations().password()),
                        "the test"));
    }

    private static LiveDatabase open(ReferenceDatabase reference) throws Exception {
        return open(reference, reference.database().postgres().server().port());
    }

    @ParameterizedTest(name = "PostgreSQL {0}, grants {1}")
    @MethodSource("servers")
    void everybodyGetsWhatThePlanSays(int major, GrantEra era) throws Exception {
        ReferenceDatabase reference = ReferenceDatabase.on(major, era);
        try (LiveDatabase database = open(reference);
                Connection connection = database.connect()) {
            Catalog before = CatalogReader.read(connection, CatalogScope.USER_SCHEMAS);

            Observation first = Probe.run(connection, reference.plan(), before);
            Observation second = Probe.run(connection, reference.plan(), before);

            assertThat(first.findings()).extracting(Finding::message).isEmpty();
            assertThat(first.notes()).isEmpty();
            assertThat(second).isEqualTo(first);
            assertThat(CatalogReader.read(connection, CatalogScope.USER_SCHEMAS))
                    .isEqualTo(before);
            assertThat(number(connection, "SELECT count(*) FROM auth.users")).isZero();
            assertThat(number(connection, "SELECT count(*) FROM public.trackpay_users"))
                    .isZero();
        }
    }

    /** Else it would be in order to have tried nothing. */
    @Test
    void everyPersonaTriesEveryCommandOnEveryRow() throws Exception {
        ReferenceDatabase reference = ReferenceDatabase.on(17, GrantEra.NEW);
        try (LiveDatabase database = open(reference);
                Connection connection = database.connect()) {
            Observation seen =
                    Probe.run(connection, reference.plan(), CatalogReader.read(connection, CatalogScope.USER_SCHEMAS));

            assertThat(seen.cells()).hasSize(8 * 7 * 4);
            assertThat(seen.matrix().rows()).hasSize(8 * 4);
            assertThat(seen.matrix().columns())
                    .containsExactly(
                            "table",
                            "command",
                            "provider",
                            "other-provider",
                            "client",
                            "stranger",
                            "newcomer",
                            "nobody",
                            "anon");
            // 46 rows, each read, updated, deleted and copied by seven people, is the least
            assertThat(seen.tries()).isGreaterThan(46 * 3 * 7);
            assertThat(seen.cells()).filteredOn(c -> !c.meant().isEmpty()).hasSizeGreaterThan(50);
        }
    }

    @Test
    void allTriesAreOneMessage() throws Exception {
        ReferenceDatabase reference = ReferenceDatabase.on(17, GrantEra.NEW);
        try (Wire wire = new Wire(
                        "127.0.0.1", reference.database().postgres().server().port());
                LiveDatabase database = open(reference, wire.port());
                Connection connection = database.connect()) {
            Catalog catalog = CatalogReader.read(connection, CatalogScope.USER_SCHEMAS);
            wire.forget();

            Probe.run(connection, reference.plan(), catalog);

            assertThat(wire.sent()).containsExactly('Q');
        }
    }

    private static long number(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
