package app.trackpay.check;

import app.trackpay.plan.Plan;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A database in which a check must speak, or must not, and the statement that proves which of the two: what it answers is what a user meets.
 *
 * @param name what is special about it, a sentence
 * @param guilty whether the check must speak
 * @param statements what is done to the reference set
 * @param plan what is changed in the reference plan
 * @param declared the same in words, for the page of the cases
 * @param who statements that make the rest of the transaction somebody's
 * @param proof a statement of theirs
 * @param answer its rows, {@code |} between columns, {@code -} where it answers none, or the SQLSTATE it ends in
 */
public record Case(
        String name,
        boolean guilty,
        List<String> statements,
        UnaryOperator<Plan> plan,
        String declared,
        List<String> who,
        String proof,
        String answer) {

    public static Case guilty(String name, String... statements) {
        return new Case(name, true, List.of(statements), plan -> plan, "", List.of(), "", "");
    }

    public static Case innocent(String name, String... statements) {
        return new Case(name, false, List.of(statements), plan -> plan, "", List.of(), "", "");
    }

    /** The same, after other statements. */
    public Case after(String... before) {
        List<String> all = Stream.concat(Stream.of(before), statements.stream()).toList();
        return new Case(name, guilty, all, plan, declared, who, proof, answer);
    }

    /** The same, judged by another plan. */
    public Case with(UnaryOperator<Plan> change) {
        return with("another plan", change);
    }

    /** The same, judged by another plan, which words describe. */
    public Case with(String words, UnaryOperator<Plan> change) {
        return new Case(name, guilty, statements, change, words, who, proof, answer);
    }

    /** The same, proved by what the one who runs migrations is answered. */
    public Case proof(String query, String expected) {
        return proof(new String[0], query, expected);
    }

    /** The same, proved by what somebody is answered. */
    public Case proof(String[] caller, String query, String expected) {
        return new Case(name, guilty, statements, plan, declared, List.of(caller), query, expected);
    }
}
