package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Routine;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedFunction;
import app.trackpay.plan.ProvidedFunction.Security;
import app.trackpay.plan.Provides;
import java.util.stream.Stream;

/** A function declared SECURITY DEFINER runs with its caller's rights. */
public final class FunctionNotDefiner implements Check {

    @Override
    public String id() {
        return "function-not-definer";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return new Contract(plan, catalog)
                .once(Provides::functions).stream()
                        .filter(f -> f.what()
                                .security()
                                .filter(Security.DEFINER::equals)
                                .isPresent())
                        .flatMap(f -> Signatures.find(f.what(), catalog).stream()
                                .filter(routine -> !routine.securityDefiner())
                                .map(routine -> finding(f, routine)));
    }

    private Finding finding(Declared<ProvidedFunction> declared, Routine routine) {
        String call = Identifier.quote(routine.name().schema()) + "."
                + Identifier.quote(routine.name().name()) + "(" + String.join(", ", routine.argumentTypes()) + ")";
        return new Finding(
                        id(),
                        Severity.ERROR,
                        "function " + routine.signature(),
                        "the function is SECURITY INVOKER, the plan declares DEFINER: what it reads goes through the policies of its"
                                + " caller, so a look-up behind the policies finds nothing or calls itself until the stack ends",
                        "make it SECURITY DEFINER, or " + Missing.run(declared.step()))
                .from(declared.step())
                .repairedBy("ALTER " + (routine.kind().equals("procedure") ? "PROCEDURE " : "FUNCTION ") + call
                        + " SECURITY DEFINER;")
                .shownBy(
                        "SELECT oid::pg_catalog.regprocedure AS function, CASE WHEN prosecdef THEN pg_catalog.pg_get_userbyid(proowner)"
                                + " ELSE 'its caller' END AS runs_as, 'SECURITY DEFINER' AS declared FROM pg_catalog.pg_proc WHERE oid = "
                                + Sql.literal(call) + "::pg_catalog.regprocedure;");
    }
}
