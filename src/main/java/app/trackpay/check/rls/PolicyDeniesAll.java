package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.Privileges;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.identity.Identities;
import app.trackpay.check.identity.Truth;
import app.trackpay.check.identity.Truth.Answer;
import app.trackpay.check.identity.Truth.Caller;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/** A policy that opens nothing, or restricts nothing: somebody thinks that it does. */
public final class PolicyDeniesAll implements Check {

    @Override
    public String id() {
        return "policy-denies-all";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Truth truth = new Truth(catalog, new Identities(plan, catalog), Caller.ANYBODY);
        Privileges privileges = new Privileges(catalog);
        List<Asked> all = Asked.of(plan, catalog)
                .filter(asked -> !asked.apiRoles(privileges).isEmpty())
                .toList();
        return all.stream()
                .flatMap(asked ->
                        asked.policy().permissive() ? permissive(asked, truth) : restrictive(asked, truth, all));
    }

    private Stream<Finding> permissive(Asked asked, Truth truth) {
        boolean none = asked.policy().command() == Command.INSERT
                ? asked.check().isEmpty()
                : asked.using().isEmpty() && asked.check().isEmpty();
        boolean never = (asked.policy().command() == Command.INSERT ? asked.check() : asked.using())
                .map(truth::of)
                .filter(answer -> answer == Answer.FALSE || answer == Answer.NULL)
                .isPresent();
        return none || never
                ? Stream.of(asked.finding(
                                id(),
                                Severity.WARNING,
                                none
                                        ? "it has no condition, and that means no row, not every row: it allows nothing"
                                        : "no row can ever pass it, so it allows nothing",
                                "write the condition that was meant, or drop it: without a policy nothing is allowed"
                                        + " either")
                        .repairedBy(asked.drop()))
                : Stream.empty();
    }

    private Stream<Finding> restrictive(Asked asked, Truth truth, List<Asked> all) {
        if (!asked.conditions().toList().isEmpty() && asked.conditions().allMatch(e -> truth.of(e) == Answer.TRUE)) {
            return Stream.of(asked.finding(
                            id(),
                            Severity.WARNING,
                            "a restrictive policy that every row passes restricts nothing, and opens nothing either",
                            "drop it; to open the table, make it AS PERMISSIVE")
                    .repairedBy(asked.drop()));
        }
        boolean alone = all.stream()
                .filter(other -> other.policy().permissive()
                        && other.policy().table().equals(asked.policy().table()))
                .noneMatch(other -> asked.policy().command() == Command.ALL
                        || other.isFor(asked.policy().command()));
        return alone
                ? Stream.of(asked.finding(
                        id(),
                        Severity.WARNING,
                        "restrictive policies only take away, and no permissive policy for "
                                + asked.policy().command() + " gives anything: no row is ever allowed",
                        "add the permissive policy it was to restrict, or make it AS PERMISSIVE"))
                : Stream.empty();
    }
}
