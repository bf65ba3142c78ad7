package app.trackpay.reference;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.plan.Access;
import app.trackpay.plan.Access.Rows;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Persona;
import app.trackpay.plan.ProvidedTable;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The plan says who may see which rows; here every persona of the plan looks at every table. */
final class AccessOracleTest {

    private static TrackPay trackPay;

    @BeforeAll
    static void load() throws Exception {
        trackPay = TrackPay.applied();
        trackPay.run(trackPay.plan().fixtures().orElseThrow());
    }

    @AfterAll
    static void drop() {
        trackPay.close();
    }

    static Stream<QualifiedName> tables() {
        return trackPay.plan().tables().stream().map(Declared::what).map(ProvidedTable::name);
    }

    static Stream<Arguments> cells() {
        return tables().flatMap(table -> trackPay.plan().personas().stream()
                .map(persona -> Arguments.of(table.name(), persona.name(), table, persona)));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("cells")
    void everyPersonaSeesTheRowsThatThePlanSays(String name, String who, QualifiedName table, Persona persona) {
        assertThat(seen(table, persona)).containsExactlyInAnyOrderElementsOf(meant(table, persona));
    }

    /** Else equal sets could all be empty ones, or everything. */
    @ParameterizedTest
    @MethodSource("tables")
    void theFixturesHaveRowsForTheProviderAndRowsThatAreNotTheirs(QualifiedName table) {
        List<String> all = trackPay.support().query("SELECT id FROM " + table.sql());

        assertThat(meant(table, persona("provider"))).isNotEmpty();
        assertThat(all).hasSizeGreaterThan(meant(table, persona("provider")).size());
    }

    @Test
    void thereAreEightTablesAndSevenPersonas() {
        assertThat(cells()).hasSize(56);
    }

    @Test
    void aPolicyThatLetsTooMuchThroughWouldShow() {
        QualifiedName payments = new QualifiedName("public", "trackpay_payments");
        Persona client = persona("client");
        trackPay.support()
                .change("CREATE POLICY leak ON public.trackpay_payments FOR SELECT TO authenticated USING (true)");
        try {
            assertThat(seen(payments, client))
                    .hasSizeGreaterThan(meant(payments, client).size());
        } finally {
            trackPay.support().change("DROP POLICY leak ON public.trackpay_payments");
        }
    }

    /** What the persona really gets; nothing where the server refuses the table. */
    private static List<String> seen(QualifiedName table, Persona persona) {
        String sql = "SELECT id FROM " + table.sql();
        if (!persona.role().equals("anon")) {
            return as(persona).query(sql);
        }
        assertThat(as(persona).refusal(sql)).startsWith("42501");
        return List.of();
    }

    /** The declaration, evaluated by somebody whom no policy binds. */
    private static List<String> meant(QualifiedName table, Persona persona) {
        Optional<Rows> rows = trackPay.plan().access().stream()
                .filter(a ->
                        a.table().equals(table) && a.persona().equals(persona.name()) && a.command() == Command.SELECT)
                .map(Access::rows)
                .findFirst();
        String condition = condition(rows.orElseGet(Rows.None::new))
                .replaceAll("(?<!:):me\\b", literal(me(persona)))
                .replaceAll("(?<!:):auth\\b", literal(persona.subject()));
        return trackPay.support().query("SELECT id FROM " + table.sql() + " WHERE " + condition);
    }

    private static String condition(Rows rows) {
        if (rows instanceof Rows.Where where) {
            return where.condition();
        }
        return rows instanceof Rows.All ? "true" : "false";
    }

    /** The helper's answer; a visitor may not even ask. */
    private static Optional<UUID> me(Persona persona) {
        if (persona.subject().isEmpty()) {
            return Optional.empty();
        }
        String answer = as(persona).one("SELECT public.current_trackpay_user_id()");
        return answer.equals("-") ? Optional.empty() : Optional.of(UUID.fromString(answer));
    }

    private static String literal(Optional<UUID> id) {
        return id.map(i -> "'" + i + "'::uuid").orElse("NULL::uuid");
    }

    private static As as(Persona persona) {
        return persona.role().equals("anon")
                ? trackPay.visitor()
                : persona.subject().map(trackPay::user).orElseGet(trackPay::nobody);
    }

    private static Persona persona(String name) {
        return trackPay.plan().personas().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
