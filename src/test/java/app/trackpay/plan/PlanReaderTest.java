package app.trackpay.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.DeleteRule;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.plan.Access.Rows;
import app.trackpay.plan.Assumptions.DefaultPrivileges;
import app.trackpay.plan.ProvidedFunction.Security;
import app.trackpay.plan.ProvidedTable.ProvidedColumn;
import app.trackpay.plan.RemoteCall.Ending;
import app.trackpay.plan.Step.Importance;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanReaderTest {

    private static final QualifiedName USERS = new QualifiedName("public", "users");
    private static final QualifiedName ORDERS = new QualifiedName("public", "orders");

    @TempDir
    Path folder;

    @Test
    void everyKeyOfTheFormatIsRead() throws Exception {
        Plan plan = read(everyKey());

        assertThat(plan.file()).contains(folder.resolve("trackpay.yaml"));
        assertThat(plan.scope()).isEqualTo(new Scope(List.of("public", "billing"), List.of("*")));
        assertThat(plan.fixtures()).contains(folder.resolve("rows.sql"));
        Step step = plan.steps().get(0);
        assertThat(step.id()).as("as written, though YAML reads a number").isEqualTo("3.10");
        assertThat(step.name()).isEqualTo("001_tables.sql");
        assertThat(step.file()).isEqualTo(folder.resolve("001_tables.sql"));
        assertThat(step.purpose()).isEqualTo("Create the tables");
        assertThat(step.importance()).isEqualTo(Importance.RECOMMENDED);
        assertThat(step.sections()).isTrue();
        Provides provides = step.provides();
        assertThat(provides.extensions()).containsExactly("pgcrypto");
        assertThat(provides.tables())
                .containsExactly(
                        new ProvidedTable(
                                USERS,
                                List.of(
                                        new ProvidedColumn("id", Optional.of("uuid")),
                                        new ProvidedColumn("auth_user_id", Optional.of("uuid")),
                                        new ProvidedColumn("rate", Optional.of("numeric(10,2)")),
                                        new ProvidedColumn("note", Optional.empty()))),
                        new ProvidedTable(
                                ORDERS,
                                List.of(
                                        new ProvidedColumn("id", Optional.empty()),
                                        new ProvidedColumn("user_id", Optional.empty()))),
                        new ProvidedTable(new QualifiedName("billing", "invoices"), List.of()),
                        new ProvidedTable(
                                new QualifiedName("public", "Odd Name"),
                                List.of(new ProvidedColumn("id", Optional.empty()))));
        ProvidedFunction helper = new ProvidedFunction(
                new QualifiedName("public", "current_user_id"),
                List.of(),
                Optional.of("uuid"),
                Optional.of(Security.DEFINER));
        assertThat(provides.functions())
                .containsExactly(
                        helper,
                        new ProvidedFunction(
                                new QualifiedName("billing", "total"),
                                List.of("uuid", "numeric(10,2)"),
                                Optional.empty(),
                                Optional.empty()));
        assertThat(provides.triggers())
                .containsExactly(
                        new ProvidedTrigger(USERS, "users_touch"),
                        new ProvidedTrigger(new QualifiedName("auth", "users"), "on_signup"));
        assertThat(provides.indexes())
                .containsExactly(new ProvidedIndex(
                        new QualifiedName("public", "idx_orders_user"), Optional.of(ORDERS), List.of("user_id", "id")));
        assertThat(provides.unique())
                .containsExactly(new ProvidedUnique(USERS, List.of("auth_user_id"), Optional.of("ux_users_auth")));
        assertThat(provides.policies())
                .containsExactly(
                        new ProvidedPolicy(USERS, "users_select_self"),
                        new ProvidedPolicy(USERS, "Users can read"),
                        new ProvidedPolicy(new QualifiedName("storage", "objects"), "Own files"));
        assertThat(provides.publications()).containsExactly(new ProvidedPublication("supabase_realtime", USERS));
        assertThat(provides.revoked())
                .containsExactly(
                        new RevokedPrivilege("DELETE", ORDERS, "anon"),
                        new RevokedPrivilege("TRUNCATE", ORDERS, "anon"));
        assertThat(plan.steps().get(1).importance()).isEqualTo(Importance.CRITICAL);
        ColumnName userId = new ColumnName(ORDERS, "user_id");
        assertThat(plan.financial())
                .isEqualTo(new Financial(List.of(ORDERS), List.of(new Financial.Exemption(userId, "kept by hand"))));
        assertThat(plan.identity())
                .isEqualTo(new Identity(
                        List.of(
                                new ColumnName(new QualifiedName("auth", "users"), "id"),
                                new ColumnName(USERS, "auth_user_id")),
                        List.of(new ColumnName(USERS, "id")),
                        Optional.of(helper)));
        assertThat(plan.personas())
                .containsExactly(
                        new Persona(
                                "owner",
                                "authenticated",
                                Optional.of(UUID.fromString("7c1f0a52-3b0e-4c53-9a5d-2f6f0c1f8d11")),
                                Map.of(
                                        "level",
                                        3L,
                                        "ratio",
                                        new BigDecimal("0.5"),
                                        "admin",
                                        true,
                                        "app",
                                        Map.of("roles", List.of("a", "b")))),
                        new Persona("visitor", "anon", Optional.empty(), Map.of()));
        assertThat(plan.access())
                .containsExactly(
                        new Access(ORDERS, "owner", Command.SELECT, new Rows.Where("user_id = :me")),
                        new Access(ORDERS, "owner", Command.INSERT, new Rows.None()),
                        new Access(ORDERS, "owner", Command.DELETE, new Rows.All()));
        assertThat(plan.assumed())
                .isEqualTo(new Assumptions(
                        List.of(ORDERS),
                        List.of(new QualifiedName("billing", "invoices")),
                        List.of(USERS, new QualifiedName("public", "Odd Name")),
                        List.of(ORDERS),
                        DefaultPrivileges.OLD));
        assertThat(plan.protectedColumns())
                .extracting(ColumnName::toString)
                .containsExactly("public.users.auth_user_id", "public.users.rate", "billing.invoices.total");
        ProvidedFunction total = provides.functions().get(1);
        assertThat(plan.calls())
                .containsExactly(
                        new RemoteCall(helper, List.of(), "visitor", new Ending.Fails("42501", Optional.empty())),
                        new RemoteCall(
                                total,
                                List.of(Optional.of("7c1f0a52-3b0e-4c53-9a5d-2f6f0c1f8d11"), Optional.of("1.50")),
                                "owner",
                                new Ending.Returns(Optional.of("2.00"))),
                        new RemoteCall(total, List.of(Optional.empty()), "owner", new Ending.Returns(Optional.empty())),
                        new RemoteCall(
                                helper,
                                List.of(),
                                "owner",
                                new Ending.Fails("P0001", Optional.of("Not authenticated"))));
        assertThat(plan.suppressions())
                .containsExactly(new Suppression(
                        "policy-unindexed", "table public.users", "small", Optional.of(LocalDate.of(2027, 3, 1))));
    }

    @Test
    void aLaterStepChangesTheRuleOfAForeignKey() throws Exception {
        Plan plan = read(everyKey());

        assertThat(plan.foreignKeys())
                .extracting(Declared::what)
                .containsExactly(
                        new ProvidedForeignKey(
                                new ColumnName(ORDERS, "user_id"),
                                USERS,
                                Optional.of("id"),
                                Optional.of(DeleteRule.RESTRICT)),
                        new ProvidedForeignKey(
                                new ColumnName(USERS, "auth_user_id"),
                                new QualifiedName("auth", "users"),
                                Optional.empty(),
                                Optional.empty()));
        assertThat(plan.foreignKeys().get(0).step().id()).isEqualTo("3.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 1\nsteps: [{ id: 3.10, file: a.sql }] # why\n",
                "{\"version\": 1, \"steps\": [{\"id\": \"3.10\", \"file\": \"a.sql\"}]}",
                "---\n# first\n'version': 1\nsteps:\n- id: '3.10'\n  \"file\": a.sql\n...\n",
                "version: 1\r\nsteps:\r\n  - id: 3.10\r\n    file: a.sql\r\n",
                "\uFEFFversion: 1\nsteps:\n  - id: 3.10\n    file: a.sql\n",
                "version:\t1\nsteps:\n  - id:\t3.10\t# tab\n    file: a.sql",
                "version: 1\nsteps:\n- { id: &id \"3.10\", file: a.sql, purpose: *id }\n",
                "version: 1\nsteps: [{ id: 3.10, file: ./a.sql }]\nsuppress: []\nscope: {}\n"
            })
    void everyWayYamlHasOfSayingTheSameIsRead(String text) throws Exception {
        assertThat(read(text).steps()).extracting(Step::id, Step::name).containsExactly(tuple("3.10", "a.sql"));
    }

    @Test
    void aForeignKeyMayLeadOutOfThePlan() throws Exception {
        Plan plan = read("""
                version: 1
                scope: { tables: ["shop_*"] }
                steps:
                  - id: "1"
                    file: a.sql
                    provides:
                      tables: { shop_orders: [a, b, c] }
                      foreign-keys:
                        - { from: shop_orders.a, to: auth.users }
                        - { from: shop_orders.b, to: auth.users.id }
                        - { from: shop_orders.c, to: profiles }
                """);

        assertThat(plan.foreignKeys())
                .extracting(key -> key.what().to().toString())
                .containsExactly("auth.users", "auth.users", "public.profiles");
    }

    @Test
    void columnsThatKeysAndIndexesNameNeedNotBeListed() throws Exception {
        Plan plan = read("""
                version: 1
                steps:
                  - id: "1"
                    file: a.sql
                    provides:
                      tables: { orders: [id], users: }
                      foreign-keys: [{ from: orders.user_id, to: users }]
                      unique: [{ on: orders, columns: [id, code] }]
                      indexes: { idx_orders_shop: "orders (shop_id)" }
                financial:
                  tables: [orders]
                  exceptions:
                    - { foreign-key: orders.user_id, reason: why }
                    - { foreign-key: orders.code, reason: why }
                    - { foreign-key: orders.shop_id, reason: why }
                """);

        assertThat(plan.financial().exceptions())
                .extracting(exemption -> exemption.foreignKey().column())
                .containsExactly("user_id", "code", "shop_id");
    }

    @Test
    void fixturesOfTheUsualNameNeedNoDeclaration() throws Exception {
        Files.writeString(folder.resolve("rls-fixtures.sql"), "");

        assertThat(read("version: 1\nsteps: [{ id: a, file: a.sql }]").fixtures())
                .contains(folder.resolve("rls-fixtures.sql"));
    }

    @Test
    void aFolderThatIsNotThereIsNamedWithWhatToDo() {
        assertThatThrownBy(() -> PlanReader.read(folder.resolve("none")))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessage(folder.resolve("none")
                        + ": there is no such folder. Name the folder of your migrations with"
                        + " -Dtrackpay.directory=<folder>, or let the goal init write a plan to start from");
    }

    @Test
    void aPlanOfAnotherNameIsNotPassedOver() throws Exception {
        Files.writeString(folder.resolve("trackpay.yml"), "version: 1");

        assertThatThrownBy(() -> PlanReader.read(folder))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessage(folder.resolve("trackpay.yml") + ": a plan must be called trackpay.yaml; rename the file");
    }

    @Test
    void aPlanThatIsNoTextIsRefusedWithThePlace() throws Exception {
        Files.write(folder.resolve("trackpay.yaml"), new byte[] {'a', ':', ' ', (byte) 0xC3, '(', 0});

        assertThatThrownBy(() -> PlanReader.read(folder))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessage(folder.resolve("trackpay.yaml")
                        + ":1:4: not UTF-8 text: the byte here is 0xC3. Save the file as UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 900_000})
    void nestingWithoutEndIsRefused(int depth) {
        assertThatThrownBy(() -> read("a: " + "[".repeat(depth)))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("nested more than 32 deep");
    }

    @Test
    void aliasesThatUnfoldToMillionsAreRefused() {
        StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 20; i++) {
            text.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        assertThatThrownBy(() -> read(text.toString()))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("unfold to more than 100000 values");
    }

    @Test
    void aFileOfMegabytesIsRefused() {
        assertThatThrownBy(() -> read("# " + "x".repeat(1_000_000)))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("longer than 1000000 characters");
    }

    private Plan read(String text) throws CouldNotRunException, IOException {
        Files.writeString(folder.resolve("trackpay.yaml"), text);
        return PlanReader.read(folder);
    }

    static String everyKey() throws IOException {
        try (var in = PlanReaderTest.class.getResourceAsStream("every-key.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
