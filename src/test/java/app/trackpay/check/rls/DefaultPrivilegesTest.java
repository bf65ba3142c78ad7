package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DefaultPrivilegesTest extends CheckTest {

    DefaultPrivilegesTest() {
        super(new DefaultPrivileges());
    }

    private static final String OPEN =
            "ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON TABLES TO anon";
    private static final String[] LATER = {
        "SET LOCAL ROLE postgres", "CREATE TABLE public.trackpay_later (id int)", "RESET ROLE"
    };

    private static final String READ = "SELECT count(*) FROM public.trackpay_later";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("tables to come for visitors", OPEN).proof(with(LATER, Callers.VISITOR), READ, "0"),
                Case.guilty(
                                "tables to come of every schema for users",
                                "ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT SELECT ON TABLES TO authenticated")
                        .proof(with(LATER, Callers.STRANGER), READ, "0"),
                Case.guilty(
                                "tables to come for everybody",
                                "ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC")
                        .proof(with(LATER, Callers.VISITOR), READ, "0"),
                Case.innocent(
                                "tables to come for the server",
                                "ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON TABLES TO service_role")
                        .proof(with(LATER, Callers.VISITOR), READ, "42501"),
                Case.innocent(
                                "tables to come of a schema that the API does not serve",
                                "CREATE SCHEMA inside",
                                "ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA inside GRANT ALL ON TABLES TO anon")
                        .proof(with(LATER, Callers.VISITOR), READ, "42501"),
                Case.innocent(
                                "what was handed out and taken back",
                                OPEN,
                                OPEN.replace("GRANT ALL", "REVOKE ALL").replace(" TO anon", " FROM anon"))
                        .proof(with(LATER, Callers.VISITOR), READ, "42501"),
                Case.innocent(
                                "sequences alone",
                                "ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT USAGE ON SEQUENCES TO anon")
                        .proof(with(LATER, Callers.VISITOR), READ, "42501"));
    }

    @Test
    void namesWhoHandsWhatToWhom() {
        Finding finding = guilty(OPEN);

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.object()).isEqualTo("default privileges of postgres in schema public on tables");
        assertThat(finding.message()).contains("granted to anon at once");
        seen("SELECT count(*) FROM trackpay_later", with(LATER, VISITOR)).isEqualTo("42501");
        seen("SELECT count(*) FROM trackpay_later", with(new String[] {OPEN}, with(LATER, VISITOR)))
                .isEqualTo("0");
    }

    @Test
    void whatFunctionsOpenIsSaidOfFunctions() {
        Finding finding = guilty(
                "ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO authenticated");

        assertThat(finding.message()).contains("a function").doesNotContain("table");
        assertThat(finding.fix()).contains("grant each function").doesNotContain("table");
        assertThat(guilty(OPEN).message()).contains("a table").doesNotContain("function");
    }

    @Test
    void functionsAndRolesOfOthersAreNamedEach() {
        assertThat(
                        findings(
                                OPEN,
                                "ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO authenticated",
                                "CREATE ROLE rules_maker",
                                "ALTER DEFAULT PRIVILEGES FOR ROLE rules_maker IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC"))
                .hasSize(3);
    }

    @Test
    void thoseForEverySchemaCount() {
        String everywhere = "ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT SELECT ON TABLES TO authenticated";

        assertThat(guilty(everywhere).object()).isEqualTo("default privileges of postgres on tables");
        seen("SELECT count(*) FROM trackpay_later", with(new String[] {everywhere}, with(LATER, PROVIDER)))
                .isEqualTo("0");
    }

    @Test
    void theOldEraMayBeDeclared() {
        assertThat(findings(PlansOf.ofTheOldEra(plan()), OPEN)).isEmpty();
        assertThat(findings(
                        PlansOf.ofTheOldEra(plan()),
                        "ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT SELECT ON TABLES TO anon"))
                .hasSize(1);
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(OPEN, "ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT EXECUTE ON FUNCTIONS TO authenticated");
    }
}
