package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Policy;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Sql;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedPolicy;
import app.trackpay.plan.Provides;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A policy that a step provides is not on its table. */
public final class MissingPolicy implements Check {

    @Override
    public String id() {
        return "missing-policy";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Contract contract = new Contract(plan, catalog);
        return contract.once(Provides::policies).stream()
                .filter(p -> !contract.isReportedMissing(p.what().table()))
                .filter(p -> catalog.policies().stream()
                        .noneMatch(stored -> stored.table().equals(p.what().table())
                                && stored.name().equals(p.what().name())))
                .map(p -> finding(p, catalog));
    }

    private Finding finding(Declared<ProvidedPolicy> policy, Catalog catalog) {
        ProvidedPolicy what = policy.what();
        String there = catalog.policies().stream()
                .filter(p -> p.table().equals(what.table()))
                .map(Policy::name)
                .collect(Collectors.joining(", "));
        return Missing.of(
                        id(),
                        "policy " + what.table() + "." + what.name(),
                        policy.step(),
                        "the table lacks this policy (it has " + (there.isEmpty() ? "none" : there)
                                + "): the rows it would open stay shut, so the app shows no data and no error")
                .shownBy(
                        "SELECT declared.on_table, declared.policy, found.cmd, found.roles, found.qual, found.with_check FROM"
                                + " (VALUES (" + Sql.literal(what.table().schema()) + ", "
                                + Sql.literal(what.table().name())
                                + ", " + Sql.literal(what.name()) + ")) AS declared (schema, on_table, policy)"
                                + " LEFT JOIN pg_catalog.pg_policies found ON found.schemaname = declared.schema"
                                + " AND found.tablename = declared.on_table AND found.policyname = declared.policy;");
    }
}
