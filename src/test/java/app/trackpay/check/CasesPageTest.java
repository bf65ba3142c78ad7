package app.trackpay.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cases of every check as a page that others can run: it says what the tests say. */
final class CasesPageTest {

    private static final Path PAGE = Path.of("src/site/markdown/cases.md");

    /** Statements that stand in many cases, as variables of psql. */
    private static final Map<String, String[]> NAMED = new LinkedHashMap<>();

    static {
        NAMED.put("the_rows", Keys.ROWS);
        NAMED.put("a_visitor", Callers.VISITOR);
        NAMED.put("a_stranger", Callers.STRANGER);
        NAMED.put("the_provider", Callers.PROVIDER);
    }

    @Test
    void thePageIsWrittenFromTheCases() throws IOException {
        String written = page();
        if (Boolean.getBoolean("cases.write")) {
            Files.writeString(PAGE, written);
        }

        assertThat(Files.readString(PAGE))
                .as("%s: write it anew with mvn test -Dtest=CasesPageTest -Dcases.write=true", PAGE)
                .isEqualTo(written);
    }

    private static String page() {
        Map<Check, List<Case>> cases = new LinkedHashMap<>();
        PagesTest.checks().forEach(check -> cases.put(check, casesOf(check)));
        cases.values().removeIf(List::isEmpty);
        long guilty = cases.values().stream()
                .flatMap(List::stream)
                .filter(Case::guilty)
                .count();
        long all = cases.values().stream().mapToLong(List::size).sum();
        return """
                # Cases

                %d databases for %d checks: in %d of them a check must speak, in %d it must not, and a statement proves which of the two. \
                Each begins with the reference set that `init` writes out, applied on PostgreSQL 17 with the platform's roles; \
                each is a transaction that ends in `ROLLBACK`. A superuser makes it, `SET LOCAL ROLE` makes it somebody's. \
                What the last statement answers is given below it: its rows, or the SQLSTATE it ends in. \
                The tests of the checks run every one of them, and after each guilty one the repair.

                The blocks are for `psql`, which keeps what stands in many of them as variables: paste this one first.

                %s
                %s""".formatted(
                        all,
                        cases.size(),
                        guilty,
                        all - guilty,
                        block(NAMED.entrySet().stream().map(CasesPageTest::variable)),
                        cases.entrySet().stream()
                                .map(entry -> section(entry.getKey(), entry.getValue()))
                                .collect(Collectors.joining("\n")));
    }

    private static String section(Check check, List<Case> cases) {
        return "## " + check.id() + "\n\n"
                + cases.stream().map(CasesPageTest::text).collect(Collectors.joining("\n"));
    }

    private static String text(Case c) {
        Stream<String> statements = Stream.of(
                        Stream.of("BEGIN"),
                        shortened(c.statements()),
                        c.declared().isEmpty() ? Stream.<String>of() : Stream.of("-- the plan: " + c.declared()),
                        shortened(c.who()),
                        Stream.of(c.proof(), "ROLLBACK"))
                .flatMap(part -> part);
        return "### " + (c.guilty() ? "Guilty: " : "Innocent: ") + c.name() + "\n\n"
                + block(statements.map(s -> s.startsWith(":") || s.startsWith("--") ? s : s + ";")) + "\n"
                + answer(c.answer()) + "\n";
    }

    private static String answer(String answer) {
        if (answer.matches("[0-9A-Z]{5}") && !answer.matches("[0-9]*")
                || answer.matches("(22|23|28|42|54|55)[0-9]{3}")) {
            return "Ends in `" + answer + "`.";
        }
        if (answer.equals("-")) {
            return "Is done.";
        }
        return answer.isEmpty() ? "Answers no row." : "Answers `" + answer.replace("\n", "` and `") + "`.";
    }

    /** Statements in which the named ones stand as a comment. */
    private static Stream<String> shortened(List<String> statements) {
        for (Map.Entry<String, String[]> named : NAMED.entrySet()) {
            List<String> known = Arrays.asList(named.getValue());
            int at = Collections.indexOfSubList(statements, known);
            if (at >= 0) {
                return Stream.of(
                                shortened(statements.subList(0, at)),
                                Stream.of(":" + named.getKey()),
                                shortened(statements.subList(at + known.size(), statements.size())))
                        .flatMap(part -> part);
            }
        }
        return statements.stream();
    }

    private static String variable(Map.Entry<String, String[]> named) {
        return "\\set " + named.getKey() + " '"
                + String.join("; ", named.getValue()).replace("\\", "\\\\").replace("'", "''") + ";'";
    }

    private static String block(Stream<String> lines) {
        return lines.collect(Collectors.joining("\n", "```sql\n", "\n```\n"));
    }

    private static List<Case> casesOf(Check check) {
        try {
            Constructor<?> test =
                    Class.forName(check.getClass().getName() + "Test").getDeclaredConstructor();
            test.setAccessible(true);
            return ((CheckTest) test.newInstance()).cases();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
