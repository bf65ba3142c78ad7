package app.trackpay.reference;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.Checks;
import app.trackpay.check.Judge;
import app.trackpay.check.Judgement;
import app.trackpay.check.Severity;
import app.trackpay.database.GrantEra;
import app.trackpay.plan.Step;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the set leaves behind on every supported server and in both grant eras, the first time and every time after. */
final class ReferenceSetTest {

    private static final Map<Project, TrackPay> APPLIED = new LinkedHashMap<>();

    /** A kind of project. */
    record Project(int major, GrantEra era) {

        TrackPay applied() throws Exception {
            TrackPay there = APPLIED.get(this);
            if (there == null) {
                there = TrackPay.applied(major, era);
                APPLIED.put(this, there);
            }
            return there;
        }
    }

    static IntStream majors() {
        return IntStream.rangeClosed(14, 18);
    }

    static Stream<Project> projects() {
        return majors().boxed().flatMap(major -> Stream.of(GrantEra.values()).map(era -> new Project(major, era)));
    }

    @AfterAll
    static void drop() {
        APPLIED.values().forEach(TrackPay::close);
        APPLIED.clear();
    }

    @ParameterizedTest
    @MethodSource("projects")
    void healthFindsNothingAtAll(Project project) throws Exception {
        TrackPay trackPay = project.applied();

        Judgement judgement = Judge.judge(trackPay.plan(), trackPay.catalog(), Checks.health(), LocalDate.EPOCH);

        assertThat(judgement).isEqualTo(Judgement.NOTHING);
    }

    @ParameterizedTest
    @MethodSource("projects")
    void rowLevelSecurityHasNothingWorseThanInformation(Project project) throws Exception {
        TrackPay trackPay = project.applied();

        Judgement judgement = Judge.judge(trackPay.plan(), trackPay.catalog(), Checks.rls(), LocalDate.EPOCH);

        assertThat(judgement.findings())
                .filteredOn(f -> f.severity() != Severity.INFO)
                .isEmpty();
        assertThat(judgement.suppressed()).isEmpty();
        assertThat(judgement.notes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("projects")
    void theWholeSetRunsAgainAndChangesNothing(Project project) throws Exception {
        TrackPay trackPay = project.applied();
        Catalog before = trackPay.catalog();

        try (Connection connection = trackPay.trial()) {
            for (Step step : trackPay.plan().steps()) {
                TrackPay.run(connection, step.file());
            }

            assertThat(TrackPay.catalog(connection)).isEqualTo(before);
            connection.rollback();
        }
    }

    @ParameterizedTest
    @MethodSource("projects")
    void eachFileRunsAgainAloneAndChangesNothing(Project project) throws Exception {
        assertThat(project.applied().secondRun()).contains(Judgement.NOTHING);
    }

    @ParameterizedTest
    @MethodSource("projects")
    void theFixturesLoadTwiceIntoTheSameRows(Project project) throws Exception {
        TrackPay trackPay = project.applied();
        Path fixtures = trackPay.plan().fixtures().orElseThrow();

        try (Connection connection = trackPay.trial()) {
            TrackPay.run(connection, fixtures);
            String once = counts(connection);
            TrackPay.run(connection, fixtures);

            assertThat(once)
                    .isEqualTo("users 7, relationships 5, sessions 10, payments 4, requests 5, activities 6, "
                            + "invites 6, relationship_audit 3");
            assertThat(counts(connection)).isEqualTo(once);
            connection.rollback();
        }
    }

    /** What the platform hands out on new tables is the platform's; on TrackPay's own tables nothing of it may be left. */
    @ParameterizedTest
    @MethodSource("majors")
    void bothGrantErasEndTheSame(int major) throws Exception {
        Catalog newer = new Project(major, GrantEra.NEW).applied().catalog();
        Catalog older = new Project(major, GrantEra.OLD).applied().catalog();

        assertThat(older)
                .usingRecursiveComparison()
                .ignoringFields("server", "defaultPrivileges")
                .isEqualTo(newer);
    }

    private static String counts(Connection connection) throws Exception {
        StringBuilder counts = new StringBuilder();
        for (String table : new String[] {
            "users", "relationships", "sessions", "payments", "requests", "activities", "invites", "relationship_audit"
        }) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*) FROM public.trackpay_" + table)) {
                row.next();
                counts.append(counts.isEmpty() ? "" : ", ")
                        .append(table)
                        .append(' ')
                        .append(row.getLong(1));
            }
        }
        return counts.toString();
    }
}
