package app.trackpay.probe;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.Check;
import app.trackpay.check.Checks;
import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.check.Judgement;
import app.trackpay.check.ReferenceDatabase;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.check.Severity;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.GrantEra;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.TestPostgres;
import app.trackpay.database.Wire;
import app.trackpay.plan.Plan;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
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
            Catalog before = CatalogReader.readWithExpressions(connection, CatalogScope.USER_SCHEMAS);
            Observation first = Probe.run(connection, reference.plan(), before, List.of());
            Observation second = Probe.run(connection, reference.plan(), before, List.of());

            assertThat(first.findings()).extracting(Finding::message).isEmpty();
            assertThat(first.notes()).isEmpty();
            assertThat(second).isEqualTo(first);
            assertThat(faults(reference.plan(), before, first)).isEmpty();
            assertThat(CatalogReader.readWithExpressions(connection, CatalogScope.USER_SCHEMAS))
                    .isEqualTo(before);
            assertThat(number(connection, "SELECT count(*) FROM auth.users")).isZero();
            assertThat(number(connection, "SELECT count(*) FROM public.trackpay_users"))
                    .isZero();
        }
    }

    /** A database with people in it, looked at as a live one is: the fixtures play them. */
    @ParameterizedTest
    @EnumSource(GrantEra.class)
    void aLiveDatabaseWithUsersIsInOrder(GrantEra era) throws Exception {
        ReferenceDatabase reference = ReferenceDatabase.on(15, era);
        try (Trial trial = reference
                .trialAsPostgres()
                .run(Files.readString(reference.plan().fixtures().orElseThrow()))) {
            Catalog catalog = trial.catalog();

            Observation seen = Probe.sample(trial.connection(), reference.plan(), catalog, true, List.of());

            assertThat(seen.tries()).isGreaterThan(100);
            assertThat(seen.notes()).isEmpty();
            assertThat(faults(reference.plan(), catalog, seen)).isEmpty();
        }
    }

    /** What the goal would print in red and yellow: a suppression of the plan counts, and must be needed. */
    private static List<String> faults(Plan plan, Catalog catalog, Observation seen) {
        List<Finding> stored = Checks.rls().stream()
                .flatMap(check -> check.findings(plan, catalog))
                .toList();
        Set<String> asked = Stream.concat(Checks.rls().stream().map(Check::id), seen.asked().stream())
                .collect(Collectors.toSet());
        Judgement judgement = Judge.judge(plan, seen.with(stored), asked, LocalDate.now());
        return Stream.concat(
                        judgement.notes().stream(),
                        judgement.findings().stream()
                                .filter(f -> f.severity() != Severity.INFO)
                                .map(Finding::key))
                .toList();
    }

    /** Else it would be in order to have tried nothing. */
    @Test
    void everyPersonaTriesEveryCommandOnEveryRow() throws Exception {
        ReferenceDatabase reference = ReferenceDatabase.on(17, GrantEra.NEW);
        try (LiveDatabase database = open(reference);
                Connection connection = database.connect()) {
            Observation seen = Probe.run(
                    connection, reference.plan(), CatalogReader.read(connection, CatalogScope.USER_SCHEMAS), List.of());

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

            Probe.run(connection, reference.plan(), catalog, List.of());

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
