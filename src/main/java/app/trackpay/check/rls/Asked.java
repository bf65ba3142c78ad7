package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expressions.PolicyExpression;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedPolicy;
import app.trackpay.plan.Provides;
import app.trackpay.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A policy together with what it asks.
 *
 * @param step the step that declares it
 */
record Asked(Policy policy, Optional<Expression> using, Optional<Expression> check, Optional<Step> step) {

    /** The roles of requests that anybody can send. */
    static final List<String> API_ROLES = List.of("authenticated", "anon");

    private static final Set<String> PLATFORM = Set.of("storage", "realtime");

    /** The policies that the plan answers for. */
    static Stream<Asked> of(Plan plan, Catalog catalog) {
        return all(plan, catalog)
                .filter(asked -> plan.scope().covers(asked.policy.table()) || plan.provides(asked.policy.table()));
    }

    /** The same, and those on the platform's tables for files and messages, which the platform leaves to its users. */
    static Stream<Asked> withPlatform(Plan plan, Catalog catalog) {
        return all(plan, catalog)
                .filter(asked -> PLATFORM.contains(asked.policy.table().schema())
                        || plan.scope().covers(asked.policy.table())
                        || plan.provides(asked.policy.table()));
    }

    /** Every policy, those that users put on the platform's tables too. */
    static Stream<Asked> all(Plan plan, Catalog catalog) {
        return catalog.policies().stream().map(policy -> {
            Optional<PolicyExpression> read = catalog.expressions().policy(policy.table(), policy.name());
            return new Asked(
                    policy,
                    read.flatMap(PolicyExpression::using),
                    read.flatMap(PolicyExpression::check),
                    step(plan, policy));
        });
    }

    /** The step that declares a policy. */
    static Optional<Step> step(Plan plan, Policy policy) {
        return plan.declared(Provides::policies).stream()
                .filter(d -> d.what().equals(new ProvidedPolicy(policy.table(), policy.name())))
                .map(d -> d.step())
                .findFirst();
    }

    /** Both conditions, where they are there. */
    Stream<Expression> conditions() {
        return Stream.concat(using.stream(), check.stream());
    }

    /** The condition that rows to be written must pass: USING where no other is given. */
    Optional<Expression> written() {
        return check.or(() -> policy.command() == Command.INSERT ? Optional.empty() : using);
    }

    /** The API roles it is for. */
    List<String> apiRoles(Privileges privileges) {
        return API_ROLES.stream()
                .filter(role -> policy.roles().contains(Grant.PUBLIC)
                        || policy.roles().stream().anyMatch(r -> privileges.inherits(role, r)))
                .toList();
    }

    boolean isFor(Command... commands) {
        return policy.command() == Command.ALL || List.of(commands).contains(policy.command());
    }

    String object() {
        return "policy " + policy.table() + "." + policy.name();
    }

    Finding finding(String check, Severity severity, String message, String fix) {
        Finding finding = new Finding(check, severity, object(), message, fix)
                .shownBy("SELECT roles, cmd, qual, with_check FROM pg_catalog.pg_policies WHERE schemaname = "
                        + Sql.literal(policy.table().schema()) + " AND tablename = "
                        + Sql.literal(policy.table().name()) + " AND policyname = " + Sql.literal(policy.name()) + ";");
        return step.map(finding::from).orElse(finding);
    }

    String drop() {
        return "DROP POLICY " + on() + ";";
    }

    /** Ends what it lets through: a permissive policy goes, a restrictive one, which only takes away, takes away everything. */
    String close() {
        boolean writes = policy.command() != Command.SELECT && policy.command() != Command.DELETE;
        return policy.permissive()
                ? drop()
                : alter(
                        policy.command() == Command.INSERT ? Optional.empty() : Optional.of("false"),
                        writes ? Optional.of("false") : Optional.empty());
    }

    String alter(Optional<String> using, Optional<String> check) {
        return "ALTER POLICY " + on()
                + using.map(text -> " USING (" + text + ")").orElse("")
                + check.map(text -> " WITH CHECK (" + text + ")").orElse("") + ";";
    }

    private String on() {
        return Identifier.quote(policy.name()) + " ON " + policy.table().sql();
    }
}
