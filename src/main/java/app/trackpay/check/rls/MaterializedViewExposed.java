package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.Relation.Kind;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/** A materialized view that the API roles may read: it holds copies of rows, and no policy can be put on it. */
public final class MaterializedViewExposed implements Check {

    private static final QualifiedName LOGINS = new QualifiedName("auth", "users");

    @Override
    public String id() {
        return "materialized-view-exposed";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        return catalog.relations().stream()
                .filter(v -> v.kind() == Kind.MATERIALIZED_VIEW
                        && reach.isExposed(v.name().schema()))
                .filter(v -> !reach.readers(v.name()).isEmpty())
                .filter(v -> !plan.assumed().publicRead().contains(v.name()))
                .flatMap(v -> finding(v, copied(v, plan, catalog), plan, reach));
    }

    private static List<QualifiedName> copied(Relation view, Plan plan, Catalog catalog) {
        return new SourceText(plan, catalog)
                .reads(view.definition().orElse(""), true)
                .filter(name -> !name.equals(view.name()))
                .toList();
    }

    private Stream<Finding> finding(Relation view, List<QualifiedName> copied, Plan plan, ApiReach reach) {
        boolean ours = reach.answersFor(view.name())
                || copied.stream().anyMatch(name -> reach.answersFor(name) || name.equals(LOGINS));
        boolean open = !copied.isEmpty() && plan.assumed().publicRead().containsAll(copied);
        return ours && !open
                ? Stream.of(Unguarded.finding(
                        id(),
                        view,
                        "it holds copies of rows"
                                + (copied.isEmpty()
                                        ? ""
                                        : " of "
                                                + String.join(
                                                        ", ",
                                                        copied.stream()
                                                                .map(QualifiedName::toString)
                                                                .toList()))
                                + ", taken as its owner, and no policy can be put on it",
                        "take the privilege away; let the app read it through a function that looks at the caller, or through a view that"
                                + " filters for them",
                        reach))
                : Stream.empty();
    }
}
