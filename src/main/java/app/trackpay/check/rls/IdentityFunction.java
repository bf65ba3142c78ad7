package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.Routine;
import app.trackpay.check.Finding;
import app.trackpay.check.Sql;
import app.trackpay.check.health.Signatures;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedFunction;
import app.trackpay.plan.Provides;
import app.trackpay.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The function that answers the caller's own id, as the plan declares it and as the database has it. */
record IdentityFunction(Plan plan, Catalog catalog, ProvidedFunction declared, Routine routine) {

    /** The declared function where it is there. */
    static Stream<IdentityFunction> of(Plan plan, Catalog catalog) {
        return plan.identity().helper().stream()
                .flatMap(helper -> Signatures.find(helper, catalog).stream()
                        .map(routine -> new IdentityFunction(plan, catalog, helper, routine)));
    }

    /** The tables with row level security that its body names. */
    List<Relation> guardedTables() {
        return new SourceText(plan, catalog)
                .reads(SourceText.code(routine.body()), false)
                .flatMap(name -> catalog.relation(name).stream())
                .filter(t -> t.isTable() && t.rowSecurity())
                .toList();
    }

    /** The policies that call it. */
    List<Policy> policies() {
        return catalog.policies().stream()
                .filter(p -> PolicyText.expressions(p).stream().anyMatch(e -> SourceText.calls(e, routine.name())))
                .toList();
    }

    String object() {
        return "function " + routine.signature();
    }

    String call() {
        return Sql.call(routine);
    }

    /** The finding with the step that makes the function. */
    Finding from(Finding finding) {
        return step(plan, declared).map(finding::from).orElse(finding);
    }

    static Optional<Step> step(Plan plan, ProvidedFunction helper) {
        return plan.declared(Provides::functions).stream()
                .filter(d -> d.what().name().equals(helper.name())
                        && d.what().argumentTypes().equals(helper.argumentTypes()))
                .findFirst()
                .map(Declared::step);
    }
}
