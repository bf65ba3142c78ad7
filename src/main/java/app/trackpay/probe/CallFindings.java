package app.trackpay.probe;

import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedFunction;
import app.trackpay.plan.Provides;
import app.trackpay.plan.RemoteCall;
import app.trackpay.plan.RemoteCall.Ending;
import java.util.List;
import java.util.Optional;

/** Calls that ended otherwise than the plan says. */
final class CallFindings {

    private CallFindings() {}

    static List<Finding> of(Plan plan, List<Answer> answers, Optional<String> fixtures) {
        return answers.stream()
                .filter(a -> a.task().kind() == Task.Kind.CALL)
                .filter(a -> !isAsDeclared(call(plan, a).ending(), a.tries().get(0)))
                .map(a -> finding(plan, call(plan, a), a, fixtures))
                .toList();
    }

    private static RemoteCall call(Plan plan, Answer answer) {
        return plan.calls().get(Integer.parseInt(answer.task().detail()));
    }

    private static boolean isAsDeclared(Ending ending, Outcome outcome) {
        if (ending instanceof Ending.Fails fails) {
            return outcome.state().equals(fails.state())
                    && fails.message().map(outcome.message()::contains).orElse(true);
        }
        Ending.Returns returns = (Ending.Returns) ending;
        return outcome.worked() && result(outcome).equals(returns.text().filter(t -> !t.isEmpty()));
    }

    /** Nothing and NULL are one to who calls through the API. */
    private static Optional<String> result(Outcome outcome) {
        return outcome.texts().stream()
                .limit(1)
                .flatMap(Optional::stream)
                .filter(t -> !t.isEmpty())
                .findFirst();
    }

    private static Finding finding(Plan plan, RemoteCall call, Answer answer, Optional<String> fixtures) {
        Outcome outcome = answer.tries().get(0);
        Persona persona = answer.task().persona();
        Finding finding = new Finding(
                        "rpc-result",
                        Severity.ERROR,
                        "function " + call.function().signature() + " for " + persona.name() + arguments(call),
                        Tasks.expression(call) + " as " + persona.name() + " must " + words(call.ending()) + " and "
                                + (outcome.worked()
                                        ? "returns " + result(outcome).orElse("nothing")
                                        : "fails with " + outcome.error()),
                        outcome.state().equals("42883")
                                ? "make the function, or take the call out of the plan"
                                : "let the function look at its caller first; if this end is meant, say so in \"rpc\"")
                .shownBy(Shown.as(persona, fixtures, "SELECT " + Tasks.expression(call)));
        return plan.declared(Provides::functions).stream()
                .filter(d -> isSame(d.what(), call.function()))
                .map(Declared::step)
                .findFirst()
                .map(finding::from)
                .orElse(finding);
    }

    private static boolean isSame(ProvidedFunction one, ProvidedFunction other) {
        return one.name().equals(other.name()) && one.argumentTypes().equals(other.argumentTypes());
    }

    private static String arguments(RemoteCall call) {
        return call.arguments().isEmpty()
                ? ""
                : " with "
                        + String.join(
                                ", ",
                                call.arguments().stream()
                                        .map(a -> a.orElse("NULL"))
                                        .toList());
    }

    private static String words(Ending ending) {
        if (ending instanceof Ending.Fails fails) {
            return "fail with " + fails.state()
                    + fails.message().map(m -> ", " + m).orElse("");
        }
        return "return "
                + ((Ending.Returns) ending).text().filter(t -> !t.isEmpty()).orElse("nothing");
    }
}
