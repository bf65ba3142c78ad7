package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Routine;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Sql;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedFunction;
import app.trackpay.plan.Provides;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A function that a step provides is not there, or is there with other arguments or another result. */
public final class MissingFunction implements Check {

    @Override
    public String id() {
        return "missing-function";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return new Contract(plan, catalog)
                .once(Provides::functions).stream()
                        .flatMap(f -> wrong(f.what(), catalog)
                                .map(w -> withRoom(finding(f, w, fix(f, catalog)), f, catalog)));
    }

    /** CREATE OR REPLACE does not change a result. */
    private static String fix(Declared<ProvidedFunction> function, Catalog catalog) {
        return (Signatures.find(function.what(), catalog).isPresent() ? "drop it, then " : "")
                + Missing.run(function.step());
    }

    /** What has the place of the function goes first; the server refuses that while something depends on it. */
    private static Finding withRoom(Finding finding, Declared<ProvidedFunction> function, Catalog catalog) {
        return Signatures.find(function.what(), catalog)
                .map(there -> finding.repairedBy("DROP ROUTINE " + Sql.call(there) + ";"))
                .orElse(finding);
    }

    private static String call(ProvidedFunction function) {
        return function.name().sql() + "(" + String.join(", ", function.argumentTypes()) + ")";
    }

    private static Stream<String> wrong(ProvidedFunction declared, Catalog catalog) {
        Optional<Routine> routine = Signatures.find(declared, catalog);
        if (routine.isEmpty()) {
            return Stream.of("the function does not exist" + others(declared, catalog));
        }
        return declared.returns().stream()
                .filter(type -> !SqlType.ofResult(type)
                        .matches(SqlType.ofResult(routine.get().result())))
                .map(type -> "the function returns " + result(routine.get()) + ", the plan declares " + type);
    }

    private static String result(Routine routine) {
        return routine.result().isEmpty() ? "nothing (it is a " + routine.kind() + ")" : routine.result();
    }

    private static String others(ProvidedFunction declared, Catalog catalog) {
        List<String> overloads = catalog.routines().stream()
                .filter(r -> r.name().name().equalsIgnoreCase(declared.name().name()))
                .map(Routine::signature)
                .toList();
        return overloads.isEmpty() ? "" : " (there is " + overloads.stream().collect(Collectors.joining(" and ")) + ")";
    }

    private Finding finding(Declared<ProvidedFunction> function, String wrong, String fix) {
        return Missing.of(
                        id(),
                        "function " + function.what().signature(),
                        function.step(),
                        wrong + ": policies and app calls that need it fail for every user",
                        fix)
                .shownBy(
                        "SELECT d.function AS declared, "
                                + Sql.literal(function.what().returns().orElse("any type"))
                                + " AS declared_result, p.oid::pg_catalog.regprocedure AS there, pg_catalog.pg_get_function_result(p.oid) AS"
                                + " result FROM (VALUES (" + Sql.literal(call(function.what()))
                                + ")) AS d (function) LEFT JOIN pg_catalog.pg_proc p ON p.oid = pg_catalog.to_regprocedure(d.function);");
    }
}
