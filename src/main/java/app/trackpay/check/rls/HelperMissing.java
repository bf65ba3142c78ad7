package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Identifier;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.check.health.Signatures;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedFunction;
import java.util.Optional;
import java.util.stream.Stream;

/** The function that the plan names as its identity helper is not there. */
public final class HelperMissing implements Check {

    @Override
    public String id() {
        return "helper-missing";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return plan.identity().helper().stream()
                .filter(helper -> Signatures.find(helper, catalog).isEmpty())
                .map(helper -> finding(plan, helper));
    }

    private Finding finding(Plan plan, ProvidedFunction helper) {
        String call = helper.name().sql() + "(" + String.join(", ", helper.argumentTypes()) + ")";
        Finding finding = new Finding(
                        id(),
                        Severity.ERROR,
                        "function " + helper.signature(),
                        "the identity helper is not there: no policy can tell which rows are the caller's, and every statement that calls"
                                + " it ends in 42883",
                        "run the step that makes it")
                .shownBy("SELECT " + Sql.literal(call)
                        + " AS helper, 'is not there' AS state WHERE pg_catalog.to_regprocedure("
                        + Sql.literal(call) + ") IS NULL;");
        Finding placed = IdentityFunction.step(plan, helper).map(finding::from).orElse(finding);
        return body(plan, helper)
                .map(body -> placed.repairedBy(statements(call, helper, body)))
                .orElse(placed);
    }

    /** The look-up that the plan's declarations describe: the row with the caller's login, and its own id. */
    private static Optional<String> body(Plan plan, ProvidedFunction helper) {
        if (!helper.argumentTypes().isEmpty()) {
            return Optional.empty();
        }
        return plan.identity().internal().stream()
                .flatMap(own -> plan.identity().auth().stream()
                        .filter(login -> login.table().equals(own.table()))
                        .map(login -> lookUp(own, login)))
                .findFirst();
    }

    private static String lookUp(ColumnName own, ColumnName login) {
        return "SELECT u." + Identifier.quote(own.column()) + " FROM "
                + own.table().sql() + " AS u WHERE u." + Identifier.quote(login.column()) + " = (SELECT auth.uid())";
    }

    private static String statements(String call, ProvidedFunction helper, String body) {
        return "CREATE FUNCTION " + call + " RETURNS " + helper.returns().orElse("uuid")
                + " LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$ " + body + " $$;"
                + " REVOKE ALL ON FUNCTION " + call + " FROM PUBLIC; GRANT EXECUTE ON FUNCTION " + call
                + " TO authenticated;";
    }
}
