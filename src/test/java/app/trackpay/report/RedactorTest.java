package app.trackpay.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactorTest {

    private final Redactor redactor = new Redactor();

    @Test
    void hidesASecretAsItIsAndAsAUrlSpellsIt() {
        redactor.hide("p@ss wörd/1");
        assertThat(redactor.clean("p@ss wörd/1 p%40ss+w%C3%B6rd%2F1 p%40ss%20w%C3%B6rd%2F1"))
                .isEqualTo("*** *** ***");
    }

    @Test
    void hidesTheWholeOfASecretThatContainsAnother() {
        redactor.hide("secret");
        redactor.hide("secret-and-more");
        assertThat(redactor.clean("secret-and-more")).isEqualTo("***");
    }

    @Test
    void hidesThreeLettersAsAWordOnly() {
        redactor.hide("x");
        assertThat(redactor.clean("expected: x, postgresql://u:x@host"))
                .isEqualTo("expected: ***, postgresql://u:***@host");
    }

    @Test
    void hidesANameWhereItIsAPassword() {
        redactor.hidePasswordOnly("postgres");
        assertThat(redactor.clean(
                        "postgresql://postgres:postgres@localhost:54322/postgres?password=postgres as postgres"))
                .isEqualTo("postgresql://postgres:***@localhost:54322/postgres?password=*** as postgres");
    }

    @Test
    void hidesWhatAStatementOfAFileGivesAsAPassword() {
        assertThat(redactor.clean("ALTER ROLE app LOGIN Password 'it''s' VALID UNTIL 'x'"))
                .isEqualTo("ALTER ROLE app LOGIN Password '***' VALID UNTIL 'x'");
        assertThat(redactor.clean("CREATE ROLE a PASSWORD E'a\\'b' LOGIN"))
                .isEqualTo("CREATE ROLE a PASSWORD '***' LOGIN");
        assertThat(redactor.clean("CREATE ROLE a PASSWORD 'open to the end of the line"))
                .isEqualTo("CREATE ROLE a PASSWORD '***'");
        assertThat(redactor.clean("OPTIONS (user 'u', password 's')")).isEqualTo("OPTIONS (user 'u', password '***')");
        assertThat(redactor.clean("CREATE SUBSCRIPTION s CONNECTION 'host=h password=s dbname=d' PUBLICATION p"))
                .isEqualTo("CREATE SUBSCRIPTION s CONNECTION 'host=h password=*** dbname=d' PUBLICATION p");
    }

    @Test
    void leavesColumnsThatAreCalledPasswordAlone() {
        for (String text : new String[] {
            "ALTER TABLE t ADD COLUMN password text DEFAULT 'none'",
            "INSERT INTO t (password) VALUES ('x') ON CONFLICT DO UPDATE SET password=excluded.password",
            "USING (password = current_setting('x'))",
            "the password of role 'app'"
        }) {
            assertThat(redactor.clean(text)).isEqualTo(text);
        }
    }

    @Test
    void leavesEverythingElseAlone() {
        redactor.hide("");
        redactor.hide("a.*b");
        assertThat(redactor.clean("axxb is no secret")).isEqualTo("axxb is no secret");
    }
}
