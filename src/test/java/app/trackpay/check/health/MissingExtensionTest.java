package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MissingExtensionTest extends CheckTest {

    MissingExtensionTest() {
        super(new MissingExtension());
    }

    private static final String DIGEST = "SELECT length(digest('a', 'sha256'))";
    private static final String[] ANYWHERE = {"SET LOCAL search_path = public, extensions"};

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("no pgcrypto", "DROP EXTENSION pgcrypto").proof(ANYWHERE, DIGEST, "42883"),
                Case.guilty("no pg_stat_statements", "DROP EXTENSION pg_stat_statements")
                        .proof(ANYWHERE, "SELECT count(*) FROM pg_stat_statements", "42P01"),
                Case.guilty(
                                "one function of the same name",
                                "DROP EXTENSION pgcrypto",
                                "CREATE FUNCTION public.gen_salt(text) RETURNS text LANGUAGE sql AS 'SELECT ''''::text'")
                        .proof(ANYWHERE, DIGEST, "42883"),
                Case.innocent(
                                "an extension in another schema",
                                "DROP EXTENSION pgcrypto",
                                "CREATE EXTENSION pgcrypto SCHEMA public")
                        .proof(ANYWHERE, DIGEST, "32"),
                Case.innocent(
                                "an extension that was named in capital letters",
                                "DROP EXTENSION pgcrypto",
                                "CREATE EXTENSION PGCRYPTO SCHEMA extensions")
                        .proof(ANYWHERE, DIGEST, "32"),
                Case.innocent("an extension that nobody declared", "CREATE EXTENSION citext SCHEMA extensions")
                        .proof(ANYWHERE, DIGEST, "32"));
    }

    @Test
    void namesTheExtensionAndItsStep() {
        Finding finding = guilty("DROP EXTENSION pg_stat_statements");

        assertThat(finding.object()).isEqualTo("extension pg_stat_statements");
        assertThat(finding.fix())
                .isEqualTo("run step 3.0 (000_extensions.sql), or mend that file where running it did not help");
        state("SELECT 1 FROM extensions.pg_stat_statements", "DROP EXTENSION pg_stat_statements")
                .isEqualTo("42P01");
    }

    @Test
    void everyMissingExtensionIsNamed() {
        assertThat(findings("DROP EXTENSION pg_stat_statements", "DROP EXTENSION pgcrypto"))
                .extracting(Finding::object)
                .containsExactlyInAnyOrder("extension pg_stat_statements", "extension pgcrypto");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs("DROP EXTENSION pg_stat_statements", "DROP EXTENSION pgcrypto");
    }
}
