package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class MissingExtensionTest extends CheckTest {

    MissingExtensionTest() {
        super(new MissingExtension());
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
    void functionsOfTheSameNamesAreNoExtension() {
        guilty(
                "DROP EXTENSION pgcrypto",
                "CREATE FUNCTION extensions.gen_salt(text) RETURNS text LANGUAGE sql AS 'SELECT ''''::text'");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs("DROP EXTENSION pg_stat_statements", "DROP EXTENSION pgcrypto");
    }

    @Test
    void anExtensionInAnotherSchemaIsInstalled() {
        innocent("DROP EXTENSION pgcrypto", "CREATE EXTENSION pgcrypto SCHEMA public");
    }

    @Test
    void extensionsNobodyDeclaredDoNotMatter() {
        innocent("CREATE EXTENSION citext SCHEMA extensions");
    }

    @Test
    void lettersInUpperCaseMakeTheSameExtension() {
        innocent("DROP EXTENSION pgcrypto", "CREATE EXTENSION PGCRYPTO");
    }
}
