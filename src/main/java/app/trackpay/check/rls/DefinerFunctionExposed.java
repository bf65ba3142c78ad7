package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Routine;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.check.health.Signatures;
import app.trackpay.plan.Plan;
import app.trackpay.plan.RemoteCall;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A SECURITY DEFINER function that visitors may call: it does what its owner may do, past every policy.
 *
 * <p>A trigger function cannot be called by anybody, whatever is granted. One that the plan calls is exposed on purpose.
 */
public final class DefinerFunctionExposed implements Check {

    private static final Set<String> KINDS = Set.of("function", "procedure");
    private static final Set<String> UNCALLABLE = Set.of("trigger", "event_trigger");

    @Override
    public String id() {
        return "definer-function-exposed";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        SourceText text = new SourceText(plan, catalog);
        Set<Routine> declared = plan.calls().stream()
                .map(RemoteCall::function)
                .map(function -> Signatures.find(function, catalog))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return catalog.routines().stream()
                .filter(r -> r.securityDefiner() && KINDS.contains(r.kind()) && !UNCALLABLE.contains(r.result()))
                .filter(r -> reach.isExposed(r.name().schema()) && reach.mayCall(ApiReach.VISITOR, r))
                .filter(r -> !declared.contains(r))
                .map(r -> finding(r, !SourceText.isReadable(r) || text.looksAtCaller(r), reach));
    }

    private Finding finding(Routine routine, boolean looks, ApiReach reach) {
        List<String> sources = routine.grants().stream()
                .filter(grant -> grant.privilege().equals("EXECUTE"))
                .map(grant -> grant.grantee())
                .filter(to -> to.equals("PUBLIC") || reach.privileges().inherits(ApiReach.VISITOR, to))
                .distinct()
                .sorted()
                .toList();
        String call = Sql.call(routine);
        return new Finding(
                        id(),
                        looks ? Severity.WARNING : Severity.ERROR,
                        "function " + routine.signature(),
                        looks
                                ? "anon may call this SECURITY DEFINER function, which does what " + routine.owner()
                                        + " may do: it looks at the caller, and only that stands between a visitor and every row"
                                : "anon may call this SECURITY DEFINER function, which does what " + routine.owner()
                                        + " may do, and nothing in it looks at the caller: every visitor gets the same as its owner",
                        looks
                                ? "leave it to authenticated, or declare in the plan how its calls must end (rpc)"
                                : "take the privilege away from everybody, and let the function look at auth.uid() before it is granted to"
                                        + " authenticated")
                .repairedBy("REVOKE EXECUTE ON ROUTINE " + call + " FROM " + Sql.roles(sources) + ";"
                        + (looks ? " GRANT EXECUTE ON ROUTINE " + call + " TO authenticated;" : ""))
                .shownBy(
                        "SELECT oid::pg_catalog.regprocedure AS function, pg_catalog.pg_get_userbyid(proowner) AS runs_as,"
                                + " coalesce(proacl, pg_catalog.acldefault('f', proowner)) AS privileges, true AS anon_may_call"
                                + " FROM pg_catalog.pg_proc WHERE oid = "
                                + Sql.literal(call) + "::pg_catalog.regprocedure AND prosecdef AND"
                                + " pg_catalog.has_function_privilege('anon', oid, 'EXECUTE');");
    }
}
