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
    void leavesEverythingElseAlone() {
        redactor.hide("");
        redactor.hide("a.*b");
        assertThat(redactor.clean("axxb is no secret")).isEqualTo("axxb is no secret");
    }
}
