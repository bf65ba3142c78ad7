package app.trackpay.database;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Unknown;
import app.trackpay.catalog.expression.Expressions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionsTest {

    private static final QualifiedName T = new QualifiedName("public", "t");

    private static final String TABLES = """
            CREATE TABLE public.u (gone int, id uuid PRIMARY KEY, login uuid);
            ALTER TABLE public.u DROP COLUMN gone;
            CREATE TABLE public.t (id uuid, owner uuid, members uuid[], kind text, n int, flag boolean, at timestamptz, doc jsonb);
            CREATE FUNCTION public.all_u() RETURNS SETOF public.u LANGUAGE sql STABLE AS 'SELECT * FROM public.u';
            """;

    private record Sample(String condition, String expected) {}

    private static List<Sample> samples() {
        try (InputStream in = ExpressionsTest.class.getResourceAsStream("expressions.txt")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            return IntStream.range(0, lines.size() / 2)
                    .mapToObj(i -> new Sample(lines.get(2 * i), lines.get(2 * i + 1)))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Expressions read(TestPostgres.Database database) throws SQLException, CouldNotRunException {
        try (Connection connection = database.asMigrations()) {
            return CatalogReader.readWithExpressions(connection, CatalogScope.USER_SCHEMAS)
                    .expressions();
        }
    }

    private static Stream<Expression> everything(Expressions read) {
        return Stream.of(
                        read.policies().stream().flatMap(p -> Stream.concat(p.using().stream(), p.check().stream())),
                        read.views().stream().flatMap(v -> v.query().expressions()),
                        read.bodies().stream()
                                .flatMap(b -> b.statements().stream())
                                .flatMap(q -> q.expressions()))
                .flatMap(all -> all)
                .flatMap(Expression::everything);
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void everyReleaseIsReadTheSame(int major) throws Exception {
        List<Sample> samples = samples();
        try (TestPostgres.Database database =
                TestPostgres.of(major, GrantEra.NEW).database()) {
            List<String> statements = new ArrayList<>(List.of(TABLES));
            for (int i = 0; i < samples.size(); i++) {
                statements.add("CREATE POLICY p%02d ON public.t USING (%s) WITH CHECK (%s)"
                        .formatted(i, samples.get(i).condition(), samples.get(i).condition()));
            }
            for (String statement : statements) {
                database.run(statement);
            }

            Expressions read = read(database);

            SoftAssertions soft = new SoftAssertions();
            for (int i = 0; i < samples.size(); i++) {
                var policy = read.policy(T, "p%02d".formatted(i)).orElseThrow();
                soft.assertThat(Shown.of(policy.using().orElseThrow()))
                        .as(samples.get(i).condition())
                        .isEqualTo(samples.get(i).expected());
                soft.assertThat(policy.check()).isEqualTo(policy.using());
            }
            soft.assertAll();
            assertThat(everything(read)).noneMatch(Unknown.class::isInstance);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void viewsAndBodiesOfFunctionsAreRead(int major) throws Exception {
        try (TestPostgres.Database database =
                TestPostgres.of(major, GrantEra.NEW).database()) {
            database.run(TABLES);
            database.run("CREATE VIEW public.v AS SELECT u.login AS who, count(*) FROM public.u GROUP BY u.login");
            database.run("CREATE MATERIALIZED VIEW public.m AS SELECT who FROM public.v");
            database.run("CREATE FUNCTION public.me() RETURNS uuid LANGUAGE sql STABLE RETURN auth.uid()");
            database.run("""
                    CREATE FUNCTION public.mark(who uuid) RETURNS uuid LANGUAGE sql BEGIN ATOMIC
                        UPDATE public.t SET owner = who WHERE id = public.me();
                        INSERT INTO public.u (login) VALUES (auth.uid()) ON CONFLICT (id) DO UPDATE SET login = who RETURNING id;
                    END
                    """);

            Expressions read = read(database);

            assertThat(read.views().stream().map(v -> v.name().name() + ": " + Shown.of(v.query())))
                    .containsExactly("m: select v.who@0 from v", "v: select u.login@0, aggregate() from u");
            assertThat(read.bodies().stream()
                            .flatMap(b -> b.statements().stream()
                                    .map(q -> b.function().name().name() + ": " + Shown.of(q))))
                    .containsExactly(
                            "mark: update owner:=$1 from t where (= t.id@0, public.me())",
                            "mark: insert u.id@0 login:=auth.uid() also $1",
                            "me: select auth.uid()");
            assertThat(everything(read)).noneMatch(Unknown.class::isInstance);
        }
    }

    @Test
    void anOpenTransactionIsReadAndLeftAsItWas() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh();
                Connection connection = database.asMigrations();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(TABLES);
            statement.execute("CREATE POLICY p ON public.t USING (flag)");

            assertThat(CatalogReader.readWithExpressions(connection, CatalogScope.USER_SCHEMAS)
                            .expressions()
                            .policies())
                    .hasSize(1);
            statement.execute("INSERT INTO public.t (n) VALUES (1)");
            connection.rollback();
            assertThat(CatalogReader.readWithExpressions(connection, CatalogScope.USER_SCHEMAS)
                            .expressions()
                            .policies())
                    .isEmpty();
        }
    }
}
