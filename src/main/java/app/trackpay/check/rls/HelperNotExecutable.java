package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Role;
import app.trackpay.catalog.Routine;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A role that policies with the identity helper are for may not call it: a policy is worked out with the rights of whoever asks.
 *
 * <p>USAGE on its schema is not needed for that: policies hold the function, not its name. Only a body that is text and runs with the rights of
 * whoever asks looks names up.
 *
 * <p>Where only policies for PUBLIC call it, or none, it is {@code authenticated} that must be able to.
 */
public final class HelperNotExecutable implements Check {

    @Override
    public String id() {
        return "helper-not-executable";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        return IdentityFunction.of(plan, catalog).flatMap(helper -> {
            List<String> shut = callers(helper, catalog, reach).stream()
                    .filter(role -> !isExecutor(role, helper, reach) || isOutside(role, helper, reach))
                    .toList();
            return shut.isEmpty() ? Stream.empty() : Stream.of(finding(helper, shut, reach));
        });
    }

    private static List<String> callers(IdentityFunction helper, Catalog catalog, ApiReach reach) {
        List<String> named = helper.policies().stream()
                .flatMap(p -> p.roles().stream())
                .filter(role -> !role.equals(Grant.PUBLIC))
                .distinct()
                .sorted()
                .toList();
        List<String> existing = catalog.roles().stream().map(Role::name).toList();
        return (named.isEmpty() ? List.of(ApiReach.USER) : named)
                .stream().filter(existing::contains).toList();
    }

    private static boolean isExecutor(String role, IdentityFunction helper, ApiReach reach) {
        return reach.privileges().onRoutine(role, helper.routine(), "EXECUTE");
    }

    private static boolean isOutside(String role, IdentityFunction helper, ApiReach reach) {
        Routine routine = helper.routine();
        return !routine.securityDefiner()
                && SourceText.isReadable(routine)
                && !SourceText.isParsed(routine)
                && SourceText.namesSchema(
                        SourceText.code(routine.body()), routine.name().schema())
                && !reach.privileges().onSchema(role, routine.name().schema(), "USAGE");
    }

    private Finding finding(IdentityFunction helper, List<String> shut, ApiReach reach) {
        String who = String.join(" and ", shut);
        String schema = helper.routine().name().schema();
        List<String> outside =
                shut.stream().filter(role -> isOutside(role, helper, reach)).toList();
        List<String> unable =
                shut.stream().filter(role -> !isExecutor(role, helper, reach)).toList();
        String executes = "pg_catalog.has_function_privilege(role, " + Sql.literal(helper.call()) + ", 'EXECUTE')";
        String uses = "pg_catalog.has_schema_privilege(role, " + Sql.literal(schema) + ", 'USAGE')";
        return helper.from(new Finding(
                        id(),
                        Severity.ERROR,
                        helper.object(),
                        (unable.isEmpty()
                                        ? "the identity helper names objects of its schema with the rights of whoever asks, "
                                                + who + " may not use the schema, and policies for " + who + " call it"
                                        : who + " may not call the identity helper, and policies for " + who + " do")
                                + ": each query on their tables ends in 42501, permission denied for "
                                + (unable.isEmpty() ? "schema " + schema : "function"),
                        "grant it in the step that makes the helper")
                .repairedBy(Stream.of(
                                outside.isEmpty()
                                        ? ""
                                        : "GRANT USAGE ON SCHEMA " + Identifier.quote(schema) + " TO "
                                                + Sql.roles(outside) + ";",
                                unable.isEmpty()
                                        ? ""
                                        : "GRANT EXECUTE ON FUNCTION " + helper.call() + " TO " + Sql.roles(unable)
                                                + ";")
                        .filter(sql -> !sql.isEmpty())
                        .collect(Collectors.joining(" ")))
                .shownBy("SELECT role, " + Sql.literal(helper.call()) + " AS function, " + executes
                        + " AS may_execute, "
                        + uses + " AS may_use_schema FROM " + Sql.roleRows(shut) + " AS caller (role) WHERE NOT ("
                        + executes + (outside.isEmpty() ? "" : " AND " + uses) + ");"));
    }
}
