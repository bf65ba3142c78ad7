package app.trackpay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void looksAsPsqlDrawsIt() {
        Table table = new Table(
                "summary",
                List.of("category", "expected", "status"),
                List.of(List.of("tables", "8", "OK"), List.of("policies", "18", "1 UNEXPECTED")));
        assertThat(table.lines())
                .containsExactly(
                        " category | expected | status",
                        "----------+----------+--------------",
                        " tables   |        8 | OK",
                        " policies |       18 | 1 UNEXPECTED");
    }

    @Test
    void withoutRowsOnlyTheHeadingsAreLeft() {
        assertThat(new Table("status", List.of("step"), List.of()).lines()).contains(" step");
    }
}
