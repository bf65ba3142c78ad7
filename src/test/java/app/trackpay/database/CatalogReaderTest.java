package app.trackpay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Constraint;
import app.trackpay.catalog.DefaultPrivilege;
import app.trackpay.catalog.DeleteRule;
import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Index;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Publication;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.Role;
import app.trackpay.catalog.Routine;
import app.trackpay.catalog.Sequence;
import app.trackpay.catalog.Trigger;
import app.trackpay.catalog.UserType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogReaderTest {

    private static final QualifiedName PEOPLE = name("people");
    private static final QualifiedName PAYMENTS = name("payments");

    /** A database with everything in it, and the roles that go with it. */
    private record Everything(TestPostgres.Database database, LiveDatabase live) implements AutoCloseable {

        static Everything on(int major) throws Exception {
            TestPostgres.Database database =
                    TestPostgres.of(major, GrantEra.NEW).database();
            LiveDatabase live = CatalogReaderTest.live(database, "");
            Everything everything = new Everything(database, live);
            try {
                everything.run(resource("everything-roles.sql"));
                everything.run("ALTER ROLE catalog_reader IN DATABASE " + database.name()
                        + " SET work_mem = '9MB'; ALTER ROLE catalog_reader IN DATABASE " + database.name()
                        + " SET statement_timeout = '1s'");
                everything.run(resource("everything.sql"));
                if (major >= 15) {
                    everything.run(resource("everything-15.sql"));
                }
                if (major >= 18) {
                    everything.run(resource("everything-18.sql"));
                }
            } catch (SQLException e) {
                everything.close();
                throw e;
            }
            return everything;
        }

        void run(String sql) throws SQLException, CouldNotRunException {
            CatalogReaderTest.run(live, sql);
        }

        Catalog catalog() throws CouldNotRunException {
            return CatalogReader.read(live, CatalogScope.USER_SCHEMAS);
        }

        @Override
        public void close() throws SQLException {
            database.close();
            try (TestPostgres.Database other = database.postgres().database();
                    Connection connection = other.asSuperuser();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP ROLE \"catalog \"\"odd\"\", name\", catalog_reader, catalog_owner");
            }
        }
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void readsEveryKindAndAttribute(int major) throws Exception {
        try (Everything everything = Everything.on(major)) {
            Catalog catalog = everything.catalog();

            assertThat(catalog.server().major()).isEqualTo(major);
            assertThat(catalog.server().database())
                    .isEqualTo(everything.database().name());
            assertThat(catalog.server().user()).isEqualTo("supabase_admin");
            assertThat(catalog.extension("hstore"))
                    .hasValueSatisfying(e -> assertThat(e.schema()).isEqualTo("public"));
            assertThat(catalog.schemas())
                    .filteredOn(s -> s.name().equals("private"))
                    .singleElement()
                    .satisfies(s -> {
                        assertThat(s.owner()).isEqualTo("catalog_owner");
                        assertThat(s.grants()).contains(new Grant("catalog_reader", "USAGE", true, "catalog_owner"));
                    });
            relations(catalog);
            columns(catalog);
            constraints(catalog);
            indexes(catalog);
            policies(catalog);
            routines(catalog);
            triggers(catalog);
            theRest(catalog);
            newer(catalog, major);
        }
    }

    private static void relations(Catalog catalog) {
        Relation people = catalog.relation(PEOPLE).orElseThrow();
        assertThat(people.kind()).isEqualTo(Relation.Kind.TABLE);
        assertThat(people.owner()).isEqualTo("catalog_owner");
        assertThat(people.rowSecurity()).isTrue();
        assertThat(people.forceRowSecurity()).isTrue();
        assertThat(people.replicaIdentity()).isEqualTo("full");
        assertThat(people.options()).containsExactly("autovacuum_enabled=false", "fillfactor=70");
        assertThat(people.grants())
                .contains(
                        new Grant(Grant.PUBLIC, "SELECT", false, "catalog_owner"),
                        new Grant("catalog_owner", "TRUNCATE", false, "catalog_owner"),
                        new Grant("catalog_reader", "SELECT", false, "catalog_owner"))
                .hasSize(9);
        Relation payments = catalog.relation(PAYMENTS).orElseThrow();
        assertThat(payments.rowSecurity()).isFalse();
        assertThat(payments.replicaIdentity()).isEqualTo("index payments_identity");
        Relation scratch = catalog.relation(name("scratch")).orElseThrow();
        assertThat(scratch.persistence()).isEqualTo("unlogged");
        assertThat(scratch.replicaIdentity()).isEqualTo("nothing");
        assertThat(scratch.options()).containsExactly("toast.autovacuum_enabled=false");
        assertThat(catalog.relation(name("events")).orElseThrow().partitionKey())
                .contains("RANGE (at)");
        Relation part = catalog.relation(name("events_2024")).orElseThrow();
        assertThat(part.partitionOf()).contains(name("events"));
        assertThat(part.partitionBound()).contains("FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')");
        assertThat(catalog.relation(name("children")).orElseThrow().partitionOf())
                .contains(name("scratch"));
        Relation view = catalog.relation(name("names")).orElseThrow();
        assertThat(view.kind()).isEqualTo(Relation.Kind.VIEW);
        assertThat(view.options()).containsExactly("check_option=local", "security_barrier=true");
        assertThat(view.definition().orElseThrow()).contains("FROM public.people p");
        assertThat(catalog.relation(name("counts")).orElseThrow().kind()).isEqualTo(Relation.Kind.MATERIALIZED_VIEW);
        assertThat(catalog.relation(name("remote")).orElseThrow().options()).containsExactly("path=/x", "server=far");
        // what a foreign key or a policy leads to is there, the rest of the platform is not
        assertThat(catalog.relation(new QualifiedName("auth", "users"))).isPresent();
        assertThat(catalog.relation(new QualifiedName("storage", "objects"))).isPresent();
        assertThat(catalog.relation(new QualifiedName("auth", "unrelated"))).isEmpty();
        assertThat(catalog.relations()).noneMatch(r -> r.name().schema().startsWith("pg_"));
    }

    private static void columns(Catalog catalog) {
        Relation people = catalog.relation(PEOPLE).orElseThrow();
        assertThat(people.columns())
                .extracting(Column::name)
                .startsWith("id", "auth_user_id", "number", "line")
                .hasSize(14);
        assertThat(people.column("rate"))
                .contains(new Column(
                        "rate",
                        "numeric(10,2)",
                        false,
                        Optional.of("1.50"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new Grant("catalog_reader", "UPDATE", false, "catalog_owner"))));
        assertThat(people.column("line").orElseThrow().identity()).contains("ALWAYS");
        assertThat(people.column("line_by_default").orElseThrow().identity()).contains("BY DEFAULT");
        assertThat(people.column("twice").orElseThrow().generated()).contains("STORED");
        assertThat(people.column("name").orElseThrow().collation()).contains("\"C\"");
        assertThat(people.column("name").orElseThrow().notNull()).isTrue();
        assertThat(people.column("tags").orElseThrow().type()).isEqualTo("uuid[]");
        assertThat(people.column("mood").orElseThrow().defaultExpression()).contains("'glad \"really\"'::public.mood");
        assertThat(catalog.relation(name("scratch")).orElseThrow().columns())
                .extracting(Column::name)
                .containsExactly("b", "doc");
    }

    private static void constraints(Catalog catalog) {
        assertThat(catalog.constraints())
                .contains(
                        new Constraint(
                                PAYMENTS,
                                "payer",
                                Constraint.Type.FOREIGN_KEY,
                                List.of("person_id"),
                                Optional.of(new Constraint.Reference(
                                        PEOPLE, List.of("id"), DeleteRule.RESTRICT, DeleteRule.NO_ACTION, List.of())),
                                false,
                                false,
                                false,
                                "FOREIGN KEY (person_id) REFERENCES public.people(id) ON DELETE RESTRICT NOT VALID"),
                        new Constraint(
                                PAYMENTS,
                                "payments_other_id_fkey",
                                Constraint.Type.FOREIGN_KEY,
                                List.of("other_id"),
                                Optional.of(new Constraint.Reference(
                                        PEOPLE, List.of("id"), DeleteRule.SET_NULL, DeleteRule.CASCADE, List.of())),
                                true,
                                false,
                                true,
                                "FOREIGN KEY (other_id) REFERENCES public.people(id)"
                                        + " ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE"),
                        new Constraint(
                                PEOPLE,
                                "one_name",
                                Constraint.Type.UNIQUE,
                                List.of("name", "rate"),
                                Optional.empty(),
                                true,
                                true,
                                true,
                                "UNIQUE (name, rate) DEFERRABLE INITIALLY DEFERRED"),
                        new Constraint(
                                PEOPLE,
                                "rate_small",
                                Constraint.Type.CHECK,
                                List.of("rate"),
                                Optional.empty(),
                                false,
                                false,
                                false,
                                "CHECK ((rate < (1000)::numeric)) NOT VALID"),
                        new Constraint(
                                name("code"),
                                "short",
                                Constraint.Type.CHECK,
                                List.of(),
                                Optional.empty(),
                                false,
                                false,
                                true,
                                "CHECK (((VALUE)::text <> ''::text))"));
        // chains of CASCADE are whole, a partition's copy is not told twice, NOT NULL is the column's
        assertThat(catalog.constraints())
                .filteredOn(c -> c.type() == Constraint.Type.FOREIGN_KEY)
                .extracting(c -> c.table() + " " + c.reference().orElseThrow().onDelete())
                .contains("auth.identities CASCADE", "public.people CASCADE", "public.events NO ACTION")
                .doesNotContain("public.events_2024 NO ACTION");
        assertThat(catalog.constraints())
                .filteredOn(c -> c.type() == Constraint.Type.NOT_NULL)
                .allMatch(c -> !c.validated());
        assertThat(catalog.constraints())
                .extracting(Constraint::type)
                .contains(Constraint.Type.PRIMARY_KEY, Constraint.Type.EXCLUSION, Constraint.Type.TRIGGER);
    }

    private static void indexes(Catalog catalog) {
        assertThat(catalog.indexes())
                .contains(
                        new Index(
                                name("by Name"),
                                PEOPLE,
                                List.of("lower((name)::text)", "rate"),
                                false,
                                false,
                                true,
                                false,
                                Optional.of("(rate > (2)::numeric)"),
                                Optional.empty(),
                                Optional.empty(),
                                "CREATE INDEX \"by Name\" ON public.people USING btree (lower((name)::text) DESC, rate)"
                                        + " INCLUDE (mood) WHERE (rate > (2)::numeric)"),
                        new Index(
                                name("people_pkey"),
                                PEOPLE,
                                List.of("id"),
                                true,
                                true,
                                true,
                                false,
                                Optional.empty(),
                                Optional.of("people_pkey"),
                                Optional.empty(),
                                "CREATE UNIQUE INDEX people_pkey ON public.people USING btree (id)"));
        assertThat(catalog.indexes())
                .filteredOn(i -> i.partitionOf().isPresent())
                .extracting(i -> i.table().name() + " " + i.partitionOf().orElseThrow())
                .containsExactly("events_2024 public.events_kind", "events_rest public.events_kind");
    }

    private static void policies(Catalog catalog) {
        assertThat(catalog.policies())
                .containsExactly(
                        new Policy(
                                name("events"),
                                "whole",
                                Policy.Command.ALL,
                                true,
                                List.of(Grant.PUBLIC),
                                Optional.of("(at > '2024-02-03'::date)"),
                                Optional.empty()),
                        new Policy(
                                PEOPLE,
                                "adding",
                                Policy.Command.INSERT,
                                true,
                                List.of("catalog_reader"),
                                Optional.empty(),
                                Optional.of("(rate = 1.0)")),
                        new Policy(
                                PEOPLE,
                                "own",
                                Policy.Command.SELECT,
                                true,
                                List.of("catalog_owner", "catalog_reader"),
                                Optional.of("(id = gen_random_uuid())"),
                                Optional.empty()),
                        new Policy(
                                PEOPLE,
                                "removing",
                                Policy.Command.DELETE,
                                false,
                                List.of(Grant.PUBLIC),
                                Optional.of("(EXISTS ( SELECT\n   FROM public.payments p\n"
                                        + "  WHERE (p.person_id = people.id)))"),
                                Optional.empty()),
                        new Policy(
                                PEOPLE,
                                "to change",
                                Policy.Command.UPDATE,
                                true,
                                List.of(Grant.PUBLIC),
                                Optional.of("true"),
                                Optional.of("((name)::text <> 'x'::text)")),
                        new Policy(
                                new QualifiedName("storage", "objects"),
                                "own_files",
                                Policy.Command.SELECT,
                                true,
                                List.of("catalog_reader"),
                                Optional.of("(name ~~ 'public/%'::text)"),
                                Optional.empty()));
    }

    private static void routines(Catalog catalog) {
        assertThat(catalog.routines())
                .extracting(Routine::signature)
                .containsExactly(
                        "private.work(numeric)",
                        "public.helper()",
                        "public.helper(integer, text[])",
                        "public.total(integer)",
                        "public.touch()");
        assertThat(catalog.routines().get(1))
                .isEqualTo(new Routine(
                        name("helper"),
                        "function",
                        List.of(),
                        "",
                        "uuid",
                        "sql",
                        "stable",
                        true,
                        true,
                        true,
                        "safe",
                        List.of("search_path=\"\"", "work_mem=8MB"),
                        "SELECT id FROM public.people LIMIT 1",
                        "supabase_admin",
                        List.of(
                                new Grant("catalog_reader", "EXECUTE", false, "supabase_admin"),
                                new Grant("supabase_admin", "EXECUTE", false, "supabase_admin"))));
        Routine atomic = catalog.routines().get(2);
        assertThat(atomic.arguments()).isEqualTo("a integer, VARIADIC rest text[] DEFAULT '{}'::text[]");
        assertThat(atomic.result()).isEqualTo("SETOF public.people");
        assertThat(atomic.volatility()).isEqualTo("immutable");
        assertThat(atomic.parallel()).isEqualTo("restricted");
        assertThat(atomic.body()).startsWith("BEGIN ATOMIC").contains("FROM public.people p");
        assertThat(catalog.routines().get(0).kind()).isEqualTo("procedure");
        assertThat(catalog.routines().get(3).body()).isEqualTo("SFUNC = int4pl, STYPE = integer, INITCOND = '0'");
    }

    private static void triggers(Catalog catalog) {
        assertThat(catalog.triggers())
                .extracting(t -> t.table() + " " + t.name() + " " + t.enabled())
                .containsExactly(
                        "auth.users on_sign_up ORIGIN",
                        "public.events in_parts ORIGIN",
                        "public.payments late REPLICA",
                        "public.people always_on ALWAYS",
                        "public.people off DISABLED",
                        "public.people touched ORIGIN");
        Trigger touched = catalog.triggers().get(5);
        assertThat(touched.function()).isEqualTo(name("touch"));
        assertThat(touched.definition())
                .isEqualTo("CREATE TRIGGER touched BEFORE INSERT OR UPDATE OF name ON public.people FOR EACH ROW"
                        + " WHEN ((new.rate > (0)::numeric)) EXECUTE FUNCTION public.touch()");
    }

    private static void theRest(Catalog catalog) {
        assertThat(catalog.rules())
                .singleElement()
                .satisfies(r -> assertThat(r.definition()).contains("DO INSTEAD NOTHING"));
        assertThat(catalog.sequences())
                .contains(new Sequence(
                        name("tickets"),
                        "integer",
                        5,
                        3,
                        2,
                        999,
                        7,
                        true,
                        Optional.empty(),
                        "supabase_admin",
                        List.of(
                                new Grant("catalog_reader", "SELECT", false, "supabase_admin"),
                                new Grant("catalog_reader", "USAGE", false, "supabase_admin"),
                                new Grant("supabase_admin", "SELECT", false, "supabase_admin"),
                                new Grant("supabase_admin", "UPDATE", false, "supabase_admin"),
                                new Grant("supabase_admin", "USAGE", false, "supabase_admin"))));
        assertThat(catalog.sequences())
                .extracting(Sequence::ownedBy)
                .contains(Optional.of(new ColumnName(PEOPLE, "number")), Optional.of(new ColumnName(PEOPLE, "line")));
        assertThat(catalog.types())
                .extracting(UserType::kind, UserType::members)
                .containsExactly(
                        tuple(
                                "domain",
                                List.of(
                                        "character varying(8)",
                                        "COLLATE \"C\"",
                                        "NOT NULL",
                                        "DEFAULT 'none'::character varying")),
                        tuple("enum", List.of("sad", "so, so", "glad \"really\"")),
                        tuple("composite", List.of("a integer", "\"B\" numeric(4,1)", "c text COLLATE \"C\"")),
                        tuple("range", List.of("SUBTYPE = double precision", "SUBTYPE_DIFF = float8mi")));
        Publication some = catalog.publication("selected").orElseThrow();
        assertThat(some.allTables()).isFalse();
        assertThat(some.operations()).containsExactlyInAnyOrder("insert", "update");
        assertThat(some.tables()).extracting(Publication.PublishedTable::table).containsExactly(PAYMENTS, PEOPLE);
        Publication everything = catalog.publication("everything_there_is").orElseThrow();
        assertThat(everything.allTables()).isTrue();
        assertThat(everything.viaRoot()).isTrue();
        assertThat(catalog.defaultPrivileges())
                .filteredOn(d -> d.role().equals("catalog_owner"))
                .containsExactlyInAnyOrder(
                        new DefaultPrivilege(
                                "catalog_owner",
                                Optional.empty(),
                                "functions",
                                List.of(new Grant("catalog_owner", "EXECUTE", false, "catalog_owner"))),
                        new DefaultPrivilege(
                                "catalog_owner",
                                Optional.empty(),
                                "sequences",
                                List.of(
                                        new Grant("catalog_owner", "SELECT", false, "catalog_owner"),
                                        new Grant("catalog_owner", "UPDATE", false, "catalog_owner"),
                                        new Grant("catalog_owner", "USAGE", false, "catalog_owner"),
                                        new Grant("catalog_reader", "USAGE", true, "catalog_owner"))),
                        new DefaultPrivilege(
                                "catalog_owner",
                                Optional.of("public"),
                                "tables",
                                List.of(new Grant("catalog_reader", "SELECT", false, "catalog_owner"))));
        assertThat(catalog.roles())
                .contains(new Role(
                        "catalog_reader",
                        false,
                        false,
                        true,
                        true,
                        true,
                        true,
                        false,
                        4,
                        Optional.of("2030-01-02 03:04:05+00"),
                        List.of(new Role.Membership("catalog_owner", true, false, true)),
                        List.of("statement_timeout=1s", "work_mem=9MB")));
        assertThat(catalog.roles())
                .filteredOn(r -> r.name().equals("catalog \"odd\", name"))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.bypassRls()).isTrue();
                    assertThat(r.memberOf()).containsExactly("catalog_reader");
                });
    }

    private static void newer(Catalog catalog, int major) {
        if (major >= 15) {
            assertThat(catalog.relation(name("as_caller")).orElseThrow().options())
                    .containsExactly("security_invoker=true");
            assertThat(one(catalog.constraints(), c -> c.table().equals(name("once")))
                            .definition())
                    .isEqualTo("UNIQUE NULLS NOT DISTINCT (a, b)");
            assertThat(one(catalog.constraints(), c -> c.table().equals(name("narrowed")))
                            .reference()
                            .orElseThrow()
                            .setColumns())
                    .containsExactly("b");
            assertThat(catalog.publication("in_part").orElseThrow().tables())
                    .containsExactly(new Publication.PublishedTable(
                            PEOPLE, List.of("id", "name"), Optional.of("(rate > (1)::numeric)")));
            assertThat(catalog.publication("whole_schema").orElseThrow().schemas())
                    .containsExactly("private");
        }
        if (major >= 18) {
            assertThat(catalog.relation(name("newest"))
                            .orElseThrow()
                            .column("twice")
                            .orElseThrow()
                            .generated())
                    .contains("VIRTUAL");
            assertThat(one(catalog.constraints(), c -> c.name().equals("unenforced"))
                            .validated())
                    .isFalse();
            assertThat(one(catalog.constraints(), c -> c.name().equals("a_there")))
                    .satisfies(c -> {
                        assertThat(c.type()).isEqualTo(Constraint.Type.NOT_NULL);
                        assertThat(c.validated()).isFalse();
                    });
        }
    }

    @Test
    void equalDatabasesOnDifferentMajorsAreEqual() throws Exception {
        List<List<String>> seen = new ArrayList<>();
        for (int major = 14; major <= 18; major++) {
            try (Everything everything = Everything.on(major)) {
                if (major >= 15) {
                    everything.run("DROP VIEW public.as_caller; DROP TABLE public.narrowed, public.once;"
                            + " DROP PUBLICATION in_part, whole_schema");
                }
                if (major >= 18) {
                    everything.run("DROP TABLE public.newest");
                }
                seen.add(comparable(everything.catalog()));
            }
        }
        assertThat(seen.get(0)).hasSizeGreaterThan(60);
        assertThat(seen).allSatisfy(lines -> assertThat(lines).containsExactlyElementsOf(seen.get(0)));
    }

    /**
     * All but what differs by nature: the server, versions of extensions, how views are spelled since 16, and the MAINTAIN that GRANT ALL on
     * the platform's tables includes since 17.
     */
    private static List<String> comparable(Catalog c) {
        Stream<List<?>> lists = Stream.of(
                c.schemas(),
                c.relations().stream()
                        .filter(r ->
                                r.definition().isEmpty() && r.name().schema().equals("public"))
                        .toList(),
                c.constraints(),
                c.indexes(),
                c.policies(),
                c.routines(),
                c.triggers(),
                c.rules(),
                c.sequences(),
                c.types(),
                c.publications().stream().filter(p -> !p.tables().isEmpty()).toList(),
                c.defaultPrivileges(),
                c.roles().stream().filter(r -> r.name().startsWith("catalog")).toList());
        return lists.flatMap(List::stream).map(Object::toString).toList();
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(ints = {14, 18})
    void whoeverAsksAndHoweverTheSessionIsSetTheAnswerIsTheSame(int major) throws Exception {
        try (Everything everything = Everything.on(major)) {
            Catalog expected = everything.catalog();
            for (String session : List.of(
                    "SET ROLE catalog_reader",
                    "SET ROLE anon",
                    "SET search_path = public, auth, extensions",
                    "SET quote_all_identifiers = on; SET standard_conforming_strings = off",
                    "SET DateStyle = 'ISO, DMY'; SET IntervalStyle = 'iso_8601'; SET TimeZone = 'Asia/Tokyo'",
                    "SET bytea_output = 'escape'; SET extra_float_digits = -3; SET array_nulls = off",
                    "SET default_transaction_isolation = 'serializable'; SET default_transaction_read_only = on",
                    "SET statement_timeout = '200ms'; SET lock_timeout = 1",
                    "CREATE TEMP TABLE people (id int); CREATE TEMP TABLE payments (id int)")) {
                try (Connection connection = everything.live().connect();
                        Statement statement = connection.createStatement()) {
                    statement.execute(session);
                    Catalog catalog = CatalogReader.read(connection, CatalogScope.USER_SCHEMAS);
                    assertThat(lines(catalog)).as(session).containsExactlyElementsOf(lines(expected));
                }
            }
        }
    }

    private static List<String> lines(Catalog catalog) {
        return Arrays.stream(Catalog.class.getRecordComponents())
                .filter(c -> c.getType() == List.class)
                .flatMap(c -> {
                    try {
                        return ((List<?>) c.getAccessor().invoke(catalog))
                                .stream().map(Object::toString);
                    } catch (ReflectiveOperationException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @Test
    void dropAndCreateInAnotherOrderIsNoDifference() throws Exception {
        try (Everything everything = Everything.on(17)) {
            Catalog before = everything.catalog();
            everything.run("DROP POLICY own ON public.people; DROP INDEX public.\"by Name\";"
                    + " REVOKE SELECT ON public.people FROM catalog_reader, PUBLIC;"
                    + " ALTER TABLE public.people RESET (fillfactor); ALTER TABLE public.people DROP CONSTRAINT rate_positive;"
                    + " DROP FUNCTION public.helper(); DROP PUBLICATION selected;");
            assertThat(lines(everything.catalog())).isNotEqualTo(lines(before));
            everything.run(
                    "CREATE PUBLICATION selected FOR TABLE public.payments, public.people WITH (publish = 'update, insert');"
                            + " ALTER TABLE public.people ADD CONSTRAINT rate_positive CHECK (rate > 0);"
                            + " ALTER TABLE public.people SET (fillfactor = 70);"
                            + " GRANT SELECT ON public.people TO PUBLIC; GRANT SELECT ON public.people TO catalog_reader; GRANT SELECT (mood) ON public.people TO catalog_reader;"
                            + " CREATE INDEX \"by Name\" ON public.people (lower(name) DESC, rate) INCLUDE (mood) WHERE rate > 2;"
                            + " CREATE POLICY own ON public.people FOR SELECT TO catalog_owner, catalog_reader USING (id = gen_random_uuid());"
                            + " CREATE FUNCTION public.helper() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER LEAKPROOF STRICT"
                            + " PARALLEL SAFE SET work_mem = '8MB' SET search_path = '' AS 'SELECT id FROM public.people LIMIT 1';"
                            + " GRANT EXECUTE ON FUNCTION public.helper() TO catalog_reader;"
                            + " REVOKE EXECUTE ON FUNCTION public.helper() FROM PUBLIC;");
            assertThat(lines(everything.catalog())).containsExactlyElementsOf(lines(before));
        }
    }

    /** The reader writes plain keys by itself, since asking the server for each takes longer than all the rest. */
    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void keysAreDefinedInTheServersOwnWords(int major) throws Exception {
        try (TestPostgres.Database database =
                        TestPostgres.of(major, GrantEra.NEW).database();
                LiveDatabase live = live(database, "")) {
            run(live, resource("keys.sql"));
            Map<String, String> definitions = new TreeMap<>();
            try (Connection connection = live.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET search_path = ''");
                try (ResultSet rows = statement.executeQuery(resource("key-definitions.sql"))) {
                    while (rows.next()) {
                        definitions.put(rows.getString(1), rows.getString(2));
                    }
                }
            }

            Catalog catalog = CatalogReader.read(live, CatalogScope.USER_SCHEMAS);

            Map<String, String> read = new TreeMap<>();
            catalog.constraints().stream()
                    .filter(constraint -> constraint.table().schema().equals("keys"))
                    .forEach(constraint -> read.put(
                            "constraint " + constraint.table().name() + "." + constraint.name(),
                            constraint.definition()));
            catalog.indexes().stream()
                    .filter(index -> index.name().schema().equals("keys"))
                    .forEach(index -> read.put("index " + index.name().name(), index.definition()));
            assertThat(read).hasSizeGreaterThan(20).containsExactlyEntriesOf(definitions);
            assertThat(catalog.indexes())
                    .filteredOn(index -> index.name().name().equals("mixed"))
                    .singleElement()
                    .satisfies(
                            index -> assertThat(index.keys()).containsExactly("values", "lower(note)", "Odd \"one\""));
        }
    }

    @Test
    void oneMessageIsSentForAWholeCatalog() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh();
                Wire wire = new Wire("127.0.0.1", database.postgres().server().port());
                LiveDatabase live = live(database, wire.port(), "?sslmode=disable");
                Connection connection = live.connect()) {
            wire.forget();

            Catalog catalog = CatalogReader.read(connection, CatalogScope.USER_SCHEMAS);

            assertThat(wire.sent()).containsExactly('Q');
            assertThat(catalog.roles()).isNotEmpty();
            wire.forget();
            connection.setAutoCommit(false);
            run(connection, "SELECT 1");
            wire.forget();
            CatalogReader.read(connection, CatalogScope.USER_SCHEMAS);
            assertThat(wire.sent()).containsExactly('Q');
            wire.forget();
            CatalogReader.readWithExpressions(connection, CatalogScope.USER_SCHEMAS);
            assertThat(wire.sent()).containsExactly('Q');
        }
    }

    @Test
    void anOpenTransactionSeesItsOwnChangesAndStaysAsItWas() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh();
                LiveDatabase live = live(database, "");
                Connection connection = live.connect()) {
            connection.setAutoCommit(false);
            run(
                    connection,
                    "CREATE TABLE public.mine (id int); SET LOCAL search_path = public; SET LOCAL TimeZone = 'Asia/Tokyo'");

            assertThat(CatalogReader.read(connection, CatalogScope.USER_SCHEMAS).relation(name("mine")))
                    .isPresent();
            assertThat(answer(connection, "SHOW search_path")).isEqualTo("public");
            assertThat(answer(connection, "SHOW TimeZone")).isEqualTo("Asia/Tokyo");
            run(connection, "CREATE TABLE mine_too (id int)");
            connection.rollback();
            connection.setAutoCommit(true);
            assertThat(CatalogReader.read(connection, CatalogScope.USER_SCHEMAS).relation(name("mine")))
                    .isEmpty();
        }
    }

    @Test
    void onlyTheSchemasInScopeAreReadForTheirOwnSake() throws Exception {
        try (Everything everything = Everything.on(17)) {
            Catalog catalog = CatalogReader.read(everything.live(), CatalogScope.of(List.of("private")));

            assertThat(catalog.routines()).extracting(Routine::signature).containsExactly("private.work(numeric)");
            assertThat(catalog.types()).isEmpty();
            assertThat(catalog.relation(name("scratch"))).isEmpty();
            assertThat(catalog.policies()).extracting(p -> p.table().toString()).contains("storage.objects");
            assertThat(CatalogScope.of(List.of("private")).covers("public")).isFalse();
            assertThat(CatalogScope.USER_SCHEMAS.covers("public")).isTrue();
            assertThat(CatalogScope.USER_SCHEMAS.covers("auth")).isFalse();
            assertThat(CatalogScope.USER_SCHEMAS.covers("pg_catalog")).isFalse();
        }
    }

    @Test
    void oddSchemaNamesCanBeAskedFor() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh();
                LiveDatabase live = live(database, "")) {
            run(
                    live,
                    "CREATE SCHEMA \"it's \"\"odd\"\", \\ {or}\"; CREATE TABLE \"it's \"\"odd\"\", \\ {or}\".t (a int)");
            try (Connection connection = live.connect()) {
                run(connection, "SET standard_conforming_strings = off; SET backslash_quote = off");
                Catalog catalog = CatalogReader.read(connection, CatalogScope.of(List.of("it's \"odd\", \\ {or}")));
                assertThat(catalog.relations()).extracting(r -> r.name().name()).contains("t");
            }
        }
    }

    @Test
    void whatTheServerRefusesIsNamedAndTheConnectionGoesOn() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh();
                LiveDatabase live = live(database, "");
                Connection connection = live.connect()) {
            run(connection, "REVOKE SELECT ON pg_catalog.pg_policy FROM PUBLIC; SET ROLE anon");

            assertThatThrownBy(() -> CatalogReader.read(connection, CatalogScope.USER_SCHEMAS))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("permission denied for table pg_policy");
            run(connection, "RESET ROLE");
            run(connection, "BEGIN; CREATE TABLE public.kept (a int); SET LOCAL ROLE anon");
            assertThatThrownBy(() -> CatalogReader.read(connection, CatalogScope.USER_SCHEMAS))
                    .isInstanceOf(CouldNotRunException.class);
            run(connection, "COMMIT");
            assertThat(CatalogReader.read(connection, CatalogScope.USER_SCHEMAS).relation(name("kept")))
                    .isPresent();
        }
    }

    @Test
    void whatIsCancelledHalfwayIsSaidAndTheConnectionGoesOn() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh();
                LiveDatabase live = live(database, "");
                Connection reader = live.connect();
                Connection blocker = live.connect();
                Connection judge = live.connect()) {
            run(live, "CREATE TABLE public.locked (a int CHECK (a > 0))");
            run(blocker, "BEGIN; LOCK TABLE public.locked");
            String cancel = "SELECT count(*) FILTER (WHERE pg_cancel_backend(pid)) FROM pg_stat_activity"
                    + " WHERE wait_event_type = 'Lock' AND datname = current_database()";
            Thread cancels = new Thread(() -> {
                try {
                    while (answer(judge, cancel).equals("0")) {
                        Thread.onSpinWait();
                    }
                } catch (SQLException e) {
                    // then nothing is cancelled, and the reader gives up by itself
                }
            });
            cancels.start();

            assertThatThrownBy(() -> CatalogReader.read(reader, CatalogScope.USER_SCHEMAS))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("the server cancelled it");

            cancels.join();
            run(blocker, "ROLLBACK");
            assertThat(CatalogReader.read(reader, CatalogScope.USER_SCHEMAS).relation(name("locked")))
                    .isPresent();
        }
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(ints = {14, 18})
    void anIndexThatIsBeingBuiltIsToldFromOneThatFailed(int major) throws Exception {
        try (TestPostgres.Database database =
                        TestPostgres.of(major, GrantEra.NEW).database();
                LiveDatabase live = live(database, "");
                Connection blocker = live.connect();
                Connection builder = live.connect()) {
            run(live, "CREATE TABLE public.big (id int); INSERT INTO public.big VALUES (1), (1)");
            run(live, "CREATE TABLE public.other (id int); INSERT INTO public.other VALUES (1), (1)");
            assertThatThrownBy(() -> run(live, "CREATE UNIQUE INDEX CONCURRENTLY failed ON public.other (id)"))
                    .hasMessageContaining("could not create unique index");
            run(blocker, "BEGIN; INSERT INTO public.big VALUES (2)");
            Thread thread = new Thread(() -> {
                try {
                    run(builder, "CREATE INDEX CONCURRENTLY building ON public.big (id)");
                } catch (SQLException e) {
                    // cancelled at the end
                }
            });
            thread.start();
            try (Connection reader = live.connect()) {
                run(reader, "SET ROLE anon");
                Optional<Index> building = Optional.empty();
                while (building.isEmpty() && thread.isAlive()) {
                    building = index(reader, "building");
                }
                assertThat(building).hasValueSatisfying(i -> {
                    assertThat(i.valid()).isFalse();
                    assertThat(i.building()).isTrue();
                });
                assertThat(index(reader, "failed")).hasValueSatisfying(i -> {
                    assertThat(i.valid()).isFalse();
                    assertThat(i.building()).isFalse();
                });
                run(live, "SELECT pg_cancel_backend(pid) FROM pg_stat_progress_create_index");
                thread.join();
                assertThat(index(reader, "building").orElseThrow().building()).isFalse();
            }
        }
    }

    private static Optional<Index> index(Connection reader, String name) throws CouldNotRunException {
        return CatalogReader.read(reader, CatalogScope.USER_SCHEMAS).indexes().stream()
                .filter(i -> i.name().equals(name(name)))
                .findFirst();
    }

    private static <T> T one(List<T> all, Predicate<T> which) {
        return all.stream().filter(which).reduce((a, b) -> b).orElseThrow();
    }

    private static QualifiedName name(String name) {
        return new QualifiedName("public", name);
    }

    private static LiveDatabase live(TestPostgres.Database database, String parameters) throws CouldNotRunException {
        return live(database, database.postgres().server().port(), parameters);
    }

    private static LiveDatabase live(TestPostgres.Database database, int port, String parameters)
            throws CouldNotRunException {
        return LiveDatabase.open(
                DatabaseUrl.parse("postgresql://127.0.0.1:" + port + "/" + database.name() + parameters),
                new Login(
                        database.superuser().user(),
                        Optional.of(database.superuser().password()),
                        "password from a test"));
    }

    private static void run(LiveDatabase live, String sql) throws SQLException, CouldNotRunException {
        try (Connection connection = live.connect()) {
            run(connection, sql);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String answer(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = CatalogReaderTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
