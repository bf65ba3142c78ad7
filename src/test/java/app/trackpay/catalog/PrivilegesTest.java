package app.trackpay.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.GrantEra;
import app.trackpay.database.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server itself is the oracle. */
final class PrivilegesTest {

    private static final List<String> ROLES = List.of(
            "priv_owner", "priv_direct", "priv_heir", "priv_heir_of_heir", "priv_no_heir", "priv_reader", "priv_none");

    private static final String SETUP = """
            CREATE ROLE priv_owner; CREATE ROLE priv_direct; CREATE ROLE priv_heir; CREATE ROLE priv_heir_of_heir;
            CREATE ROLE priv_no_heir NOINHERIT; CREATE ROLE priv_reader; CREATE ROLE priv_none;
            GRANT priv_owner, priv_direct TO priv_heir;
            GRANT priv_heir TO priv_heir_of_heir;
            GRANT priv_owner, priv_direct TO priv_no_heir;
            GRANT pg_read_all_data TO priv_reader;
            CREATE SCHEMA hidden;
            GRANT USAGE ON SCHEMA hidden TO priv_direct;
            CREATE SCHEMA owned AUTHORIZATION priv_owner;
            CREATE TABLE hidden.bare (a int, b int);
            CREATE TABLE hidden.granted (a int, b int);
            ALTER TABLE hidden.granted OWNER TO priv_owner;
            GRANT SELECT, TRUNCATE ON hidden.granted TO priv_direct;
            GRANT INSERT ON hidden.granted TO PUBLIC;
            REVOKE DELETE ON hidden.granted FROM priv_owner;
            GRANT UPDATE (b), SELECT (a) ON hidden.bare TO priv_direct;
            CREATE VIEW owned.seen AS SELECT a FROM hidden.granted;
            GRANT SELECT ON owned.seen TO PUBLIC;
            CREATE SEQUENCE owned.numbers;
            GRANT USAGE ON SEQUENCE owned.numbers TO priv_heir;
            CREATE FUNCTION hidden.for_all() RETURNS int LANGUAGE sql AS 'SELECT 1';
            CREATE FUNCTION hidden.for_few() RETURNS int LANGUAGE sql AS 'SELECT 1';
            REVOKE EXECUTE ON FUNCTION hidden.for_few() FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION hidden.for_few() TO priv_direct;
            """;

    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void agreesWithTheServerOnEveryRoleObjectAndPrivilege(int major) throws SQLException, CouldNotRunException {
        try (TestPostgres.Database database =
                        TestPostgres.of(major, GrantEra.NEW).database();
                Connection connection = simple(database)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(SETUP);
            }
            Catalog catalog = CatalogReader.read(connection, CatalogScope.USER_SCHEMAS);
            Privileges privileges = new Privileges(catalog);

            int asked = 0;
            int held = 0;
            for (String role : ROLES) {
                for (Question question : questions(catalog, privileges, role, major)) {
                    boolean server = ask(connection, question);
                    assertThat(question.answer()).as("%s %s", role, question).isEqualTo(server);
                    asked++;
                    held += server ? 1 : 0;
                }
            }
            assertThat(asked).isGreaterThan(200);
            assertThat(held).isBetween(50, asked - 50);
            connection.rollback();
        }
    }

    private record Question(String function, List<String> arguments, boolean answer) {}

    private static List<Question> questions(Catalog catalog, Privileges privileges, String role, int major) {
        List<Question> questions = new java.util.ArrayList<>();
        for (Relation relation : catalog.relations()) {
            if (relation.name().schema().equals("public")) {
                continue;
            }
            List<String> all = new java.util.ArrayList<>(
                    List.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"));
            if (major >= 17) {
                all.add("MAINTAIN");
            }
            for (String privilege : all) {
                questions.add(new Question(
                        "has_table_privilege",
                        List.of(role, relation.name().sql(), privilege),
                        privileges.onRelation(role, relation.name(), privilege)));
            }
            for (String privilege : List.of("SELECT", "INSERT", "UPDATE")) {
                questions.add(new Question(
                        "has_any_column_privilege",
                        List.of(role, relation.name().sql(), privilege),
                        privileges.onAnyColumn(role, relation.name(), privilege)));
                for (Column column : relation.columns()) {
                    questions.add(new Question(
                            "has_column_privilege",
                            List.of(role, relation.name().sql(), column.name(), privilege),
                            privileges.onColumn(role, new ColumnName(relation.name(), column.name()), privilege)));
                }
            }
        }
        for (Schema schema : catalog.schemas()) {
            for (String privilege : List.of("USAGE", "CREATE")) {
                questions.add(new Question(
                        "has_schema_privilege",
                        List.of(role, schema.name(), privilege),
                        privileges.onSchema(role, schema.name(), privilege)));
            }
        }
        for (Sequence sequence : catalog.sequences()) {
            for (String privilege : List.of("USAGE", "SELECT", "UPDATE")) {
                questions.add(new Question(
                        "has_sequence_privilege",
                        List.of(role, sequence.name().sql(), privilege),
                        privileges.onSequence(role, sequence.name(), privilege)));
            }
        }
        for (Routine routine : catalog.routines()) {
            questions.add(new Question(
                    "has_function_privilege",
                    List.of(role, routine.signature(), "EXECUTE"),
                    privileges.onRoutine(role, routine, "EXECUTE")));
        }
        return questions;
    }

    private static boolean ask(Connection connection, Question question) throws SQLException {
        String marks = String.join(
                ", ", question.arguments().stream().map(a -> "?::text").toList());
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog." + question.function() + "(" + cast(marks) + ")")) {
            for (int i = 0; i < question.arguments().size(); i++) {
                statement.setString(i + 1, question.arguments().get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    private static String cast(String marks) {
        return marks.replaceFirst("\\?::text", "?::name");
    }

    private static Connection simple(TestPostgres.Database database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.superuser().user());
        properties.setProperty("password", database.superuser().password().value());
        properties.setProperty("preferQueryMode", "simple");
        return java.sql.DriverManager.getConnection(database.jdbcUrl(), properties);
    }
}
