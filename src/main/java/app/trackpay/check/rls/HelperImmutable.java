package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Call;
import app.trackpay.catalog.expression.Expression.SessionValue;
import app.trackpay.catalog.expression.Function;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A function that reads the session and is declared IMMUTABLE: the server may put the answer for one user into a plan that it keeps for the
 * next one on the same connection.
 */
public final class HelperImmutable implements Check {

    private static final Pattern NOT_CODE = Pattern.compile("--[^\n]*|/\\*.*?\\*/|'(?:[^']|'')*'", Pattern.DOTALL);
    private static final Pattern SESSION = Pattern.compile(
            "\\b(?:current_setting\\s*\\(|auth\\s*\\.\\s*(?:uid|jwt|role|email)\\s*\\(|current_user\\b|session_user\\b|current_role\\b)");
    private static final Pattern CALL = Pattern.compile("(?:\\b(\\w+)\\s*\\.\\s*)?\\b(\\w+)\\s*\\(");

    @Override
    public String id() {
        return "helper-immutable";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return catalog.expressions().functions().stream()
                .filter(f -> f.volatility().equals("immutable"))
                .filter(f -> plan.scope().schemas().contains(f.name().schema()) || isHelper(plan, f))
                .filter(f -> isHelper(plan, f) || readsSession(f, catalog, new HashSet<>()))
                .map(this::finding);
    }

    private Finding finding(Function function) {
        String signature = function.name().sql() + "(" + String.join(", ", function.argumentTypes()) + ")";
        return new Finding(
                        id(),
                        Severity.ERROR,
                        "function " + function.signature(),
                        "it reads the session and is declared IMMUTABLE: a plan that the server keeps holds the answer for"
                                + " one user and hands it to the next on the same connection",
                        "declare it STABLE")
                .repairedBy("ALTER FUNCTION " + signature + " STABLE;")
                .shownBy(
                        "SELECT oid::pg_catalog.regprocedure AS function, CASE provolatile WHEN 'i' THEN 'IMMUTABLE: may be"
                                + " worked out once and kept' ELSE 'worked out in every statement' END AS declared, prosrc AS body FROM"
                                + " pg_catalog.pg_proc WHERE oid = " + Sql.literal(signature)
                                + "::pg_catalog.regprocedure;");
    }

    private static boolean isHelper(Plan plan, Function function) {
        return plan.identity()
                .helper()
                .filter(h -> h.name().equals(function.name())
                        && h.argumentTypes().size() == function.argumentTypes().size())
                .isPresent();
    }

    private static boolean readsSession(Function function, Catalog catalog, Set<String> seen) {
        if (!seen.add(function.signature())) {
            return false;
        }
        if (isSession(function)) {
            return true;
        }
        List<Expression> tree = catalog.expressions().body(function).stream()
                .flatMap(body -> body.statements().stream())
                .flatMap(q -> q.expressions())
                .flatMap(Expression::everything)
                .toList();
        boolean inTree = tree.stream()
                .anyMatch(e -> e instanceof Call call && readsSession(call.function(), catalog, seen)
                        || e instanceof SessionValue value
                                && value.name().matches("(current|session)_(user|role)|user"));
        if (inTree || function.name().schema().equals("pg_catalog")) {
            return inTree;
        }
        String code = code(function);
        return SESSION.matcher(code).find()
                || called(code, function, catalog).anyMatch(called -> readsSession(called, catalog, seen));
    }

    private static boolean isSession(Function function) {
        return function.is("pg_catalog", "current_setting")
                || function.name().schema().equals("auth")
                        && Set.of("uid", "jwt", "role", "email")
                                .contains(function.name().name());
    }

    /** Without comments, and without texts unless they are run as SQL. */
    private static String code(Function function) {
        String body = function.body().toLowerCase(Locale.ROOT).replace("\"", "");
        return body.contains("execute") ? body : NOT_CODE.matcher(body).replaceAll(" ");
    }

    private static Stream<Function> called(String code, Function caller, Catalog catalog) {
        Matcher call = CALL.matcher(code);
        return call.results()
                .flatMap(found -> catalog.expressions().functions().stream()
                        .filter(f -> !f.signature().equals(caller.signature()))
                        .filter(f -> f.name().name().equals(found.group(2)))
                        .filter(f -> found.group(1) == null
                                ? !f.name().schema().equals("auth")
                                        && !f.name().schema().equals("pg_catalog")
                                : f.name().schema().equals(found.group(1))));
    }
}
