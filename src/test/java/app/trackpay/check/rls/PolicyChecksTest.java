package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Unknown;
import app.trackpay.check.ReferenceDatabase;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.database.GrantEra;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyChecksTest {

    @ParameterizedTest
    @CsvSource({"14, NEW", "15, NEW", "16, NEW", "17, NEW", "17, OLD", "18, NEW"})
    void theReferenceSetIsReadWholeAndGivesNoFinding(int major, GrantEra era) {
        ReferenceDatabase database = ReferenceDatabase.on(major, era);
        try (Trial trial = database.trial()) {
            Catalog catalog = trial.catalog();

            assertThat(PolicyChecks.all().stream().flatMap(check -> check.findings(database.plan(), catalog)))
                    .isEmpty();
            assertThat(catalog.expressions().policies())
                    .hasSizeGreaterThanOrEqualTo(catalog.policies().size());
            assertThat(catalog.expressions().policies().stream()
                            .flatMap(p -> Stream.concat(p.using().stream(), p.check().stream()))
                            .flatMap(Expression::everything))
                    .isNotEmpty()
                    .noneMatch(Unknown.class::isInstance);
        }
    }
}
