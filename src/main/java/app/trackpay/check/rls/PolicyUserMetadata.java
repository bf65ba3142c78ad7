package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Column;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.identity.Claims;
import app.trackpay.plan.Plan;
import java.util.Optional;
import java.util.stream.Stream;

/** A policy that believes what every user can write about themselves. */
public final class PolicyUserMetadata implements Check {

    private static final QualifiedName USERS = new QualifiedName("auth", "users");

    @Override
    public String id() {
        return "policy-user-metadata";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return Stream.concat(
                        Asked.of(plan, catalog),
                        Asked.all(plan, catalog)
                                .filter(a -> a.policy().table().schema().equals("storage")))
                .filter(asked ->
                        asked.conditions().flatMap(Expression::everything).anyMatch(PolicyUserMetadata::believes))
                .map(asked -> {
                    Finding finding = asked.finding(
                            id(),
                            Severity.ERROR,
                            "it decides by user_metadata, which every user can set for themselves through the API: whoever"
                                    + " wants the role takes it",
                            "read app_metadata, which only the server writes, or a table of your own");
                    Optional<String> using = asked.policy().using().map(PolicyUserMetadata::corrected);
                    Optional<String> check = asked.policy().withCheck().map(PolicyUserMetadata::corrected);
                    return finding.repairedBy(asked.alter(using, check));
                });
    }

    private static boolean believes(Expression expression) {
        return expression instanceof Column column
                        && column.table().equals(USERS)
                        && column.name().equals("raw_user_meta_data")
                || Claims.path(expression)
                        .filter(path -> !path.isEmpty() && path.get(0).equals("user_metadata"))
                        .isPresent();
    }

    private static String corrected(String text) {
        return text.replace("'user_metadata'", "'app_metadata'")
                .replace("{user_metadata,", "{app_metadata,")
                .replace("raw_user_meta_data", "raw_app_meta_data");
    }
}
