package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The one way to take a changed file as applied. */
final class AcceptanceTest extends FreshDatabase {

    private static final String COLUMNS = """
            SELECT pg_catalog.concat_ws(' ', c.relname, c.relacl, pg_catalog.obj_description(c.oid, 'pg_class'), a.attname,
                pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_catalog.pg_get_expr(d.adbin, d.adrelid),
                pg_catalog.col_description(c.oid, a.attnum))
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relnamespace = 'trackpay_history'::pg_catalog.regnamespace AND c.relkind = 'r'
            ORDER BY c.relname, a.attnum
            """;

    private Acceptance.Accepted accept(String step, String reason) throws CouldNotRunException {
        return accept(step, reason, false);
    }

    private Acceptance.Accepted accept(String step, String reason, boolean dryRun) throws CouldNotRunException {
        return new Acceptance(folder.way(), ApplyOptions.standard("test"), folder)
                .accept(folder.plan(), step, reason, dryRun);
    }

    @Test
    void anAcceptedChangeIsAppliedAndItsReasonStays() throws Exception {
        folder.step("3.7", "a.sql", "SELECT 1;")
                .step("3.8", "b.sql", "SELECT 2;")
                .applied();
        folder.write("a.sql", "-- a comment\nSELECT 1;");
        assertThat(((Outcome.Refused) folder.apply()).findings())
                .singleElement()
                .extracting(Finding::fix)
                .asString()
                .contains("mvn trackpay:accept-change -Dtrackpay.step=3.7 -Dtrackpay.reason=");

        Acceptance.Accepted accepted = accept("3.7", "a comment");

        assertThat(folder.applied().ran()).isEmpty();
        assertThat(folder.ask(
                        "SELECT concat_ws('|', step, section, file, old_checksum, new_checksum, reason, accepted_by,"
                                + " plugin_version) FROM trackpay_history.changes"))
                .containsExactly("3.7|0|a.sql|" + accepted.was() + "|" + accepted.is() + "|a comment|postgres|test");
        assertThat(accepted.was()).isNotEqualTo(accepted.is());
        folder.write("a.sql", "SELECT 1;");
        assertThat(folder.apply()).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aDryRunShowsWhatWouldBeAcceptedAndKeepsTheHistory() throws Exception {
        folder.step("1", "a.sql", "SELECT 1;");
        assertThat(folder.status().isEmpty()).isTrue();
        folder.applied();
        assertThat(folder.status().isEmpty()).isFalse();
        folder.write("a.sql", "SELECT 1; -- one");

        Acceptance.Accepted shown = accept("1", "a comment", true);

        assertThat(folder.ask("SELECT count(*) FROM trackpay_history.changes")).containsExactly("0");
        assertThat(folder.apply()).isInstanceOf(Outcome.Refused.class);
        assertThat(accept("1", "a comment")).usingRecursiveComparison().isEqualTo(shown);
        assertThat(folder.applied().ran()).isEmpty();
    }

    @Test
    void aSectionIsNamedByItsNumber() throws Exception {
        String text = "-- SECTION 1: a\nSELECT 1;\n-- SECTION 2: b\nSELECT 2;\n";
        folder.sections("3.2", "s.sql", text).applied();
        folder.write("s.sql", text.replace("SELECT 2", "SELECT /* two */ 2"));
        assertThatThrownBy(() -> accept("3.2", "a comment"))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessage("The plan has no step \"3.2\". Changed since they were applied: 3.2#2.");
        accept("3.2#2", "a comment");
        assertThat(folder.applied().ran()).isEmpty();
    }

    @Test
    void nothingIsAcceptedWithoutAChangeAStepAndAReason() throws Exception {
        folder.step("1", "a.sql", "SELECT 1;").applied();
        assertThatThrownBy(() -> accept("1", "why not"))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessage("step 1 (a.sql) is applied, not changed: there is nothing to accept.");
        assertThatThrownBy(() -> accept("2", "why not"))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessage(
                        "The plan has no step \"2\". No step has changed since it was applied, so there is nothing to accept.");
        folder.write("a.sql", "SELECT 2;");
        for (String blank : new String[] {"", " "}) {
            assertThatThrownBy(() -> accept("1", blank)).isInstanceOf(CouldNotRunException.class);
            assertThatThrownBy(() -> accept(blank, "why")).isInstanceOf(CouldNotRunException.class);
        }
        assertThat(folder.apply()).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aHistoryOfAnEarlierFormIsReadAsItIsAndBroughtUpToDateWhenWritten() throws Exception {
        folder.step("1", "a.sql", "SELECT 1;").applied();
        List<String> today = folder.ask(COLUMNS);
        database.run("DROP TABLE trackpay_history.changes");
        database.run(
                "ALTER TABLE trackpay_history.steps DROP COLUMN attempt, DROP COLUMN attempt_failed, DROP COLUMN evidence");
        assertThat(folder.status().units().get(0).state().word()).isEqualTo("applied");
        assertThat(folder.applied().ran()).isEmpty();

        folder.step("2", "b.sql", "CREATE TABLE t (a int); CREATE INDEX CONCURRENTLY ON t (a);");
        assertThat(folder.applied().ran()).hasSize(1);
        assertThat(folder.ask(COLUMNS)).isEqualTo(today);
        folder.write("a.sql", "SELECT 2;");
        accept("1", "two is as good");

        assertThat(folder.history()).containsExactly("1/0/1", "2/0/2");
        assertThat(folder.ask("SELECT reason FROM trackpay_history.changes")).containsExactly("two is as good");
    }

    @Test
    void lineEndsAndByteOrderMarksAreNoChange() throws Exception {
        folder.step("1", "a.sql", "SELECT 1;\nSELECT '\u00e4';\n").applied();
        for (String same : new String[] {
            "\uFEFFSELECT 1;\nSELECT '\u00e4';\n", "SELECT 1;\r\nSELECT '\u00e4';\r\n", "SELECT 1;\rSELECT '\u00e4';"
        }) {
            folder.write("a.sql", same);
            assertThat(folder.applied().ran()).isEmpty();
        }
        folder.write("a.sql", "SELECT 1;\nSELECT '\u00e5';\n");
        assertThat(folder.apply()).isInstanceOf(Outcome.Refused.class);
    }
}
