package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceTest {

    @Test
    void everyKindOfLineEndCounts() {
        Source source = new Source("a.sql", "a\r\nb\rc\nd");
        assertThat(source.location(source.text().indexOf('d'))).isEqualTo("a.sql:4:1");
        assertThat(source.location(source.text().indexOf('b'))).isEqualTo("a.sql:2:1");
    }

    @Test
    void columnsCountCharactersAndNotTheirHalves() {
        Source source = new Source("a.sql", "\uFEFF'\uD83D\uDE00' x");
        assertThat(source.location(source.text().indexOf('x'))).isEqualTo("a.sql:1:5");
    }

    @Test
    void theCaretStandsUnderTheCharacter() {
        Source source = new Source("a.sql", "\n\t'\u00e4\u6f22' x");
        assertThat(source.excerpt(source.text().indexOf('x')))
                .containsExactly("  2 | \t'\u00e4\u6f22' x", "    | \t      ^");
    }

    @Test
    void aLongLineIsCutAroundTheCaret() {
        Source source = new Source("a.sql", "a".repeat(500) + "X" + "b".repeat(500));
        var lines = source.excerpt(500);
        assertThat(lines.get(0))
                .hasSizeLessThan(160)
                .startsWith("  1 | \u2026a")
                .endsWith("b\u2026");
        assertThat(lines.get(0).charAt(lines.get(1).indexOf('^'))).isEqualTo('X');
    }
}
