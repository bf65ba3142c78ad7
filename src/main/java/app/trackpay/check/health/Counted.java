package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/** A row of the {@link Summary} that is not as expected, as a finding of the check that counts it. */
final class Counted {

    private Counted() {}

    static Stream<Finding> findings(String check, String category, String shows, Plan plan, Catalog catalog) {
        return Summary.row(category, plan, catalog).filter(row -> !row.isOk()).stream()
                .map(row -> new Finding(
                                check,
                                Severity.INFO,
                                category + " of the plan",
                                "the plan expects " + row.expected() + ", there are " + row.actual() + ": "
                                        + row.status()
                                        + list("; missing: ", row.missing())
                                        + list("; unexpected: ", row.unexpected()),
                                row.unexpected().isEmpty()
                                        ? "run the steps that provide them"
                                        : "declare what belongs to the plan, drop what does not, or narrow the plan's scope")
                        .shownBy(shows));
    }

    private static String list(String introduction, List<String> names) {
        return names.isEmpty() ? "" : introduction + String.join(", ", names);
    }
}
