package app.trackpay.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

final class TestPostgresTest {

    @Test
    void eachTestHasADatabaseOfItsOwnWithThePlatformInIt() throws SQLException {
        try (TestPostgres.Database one = TestPostgres.fresh();
                TestPostgres.Database other = TestPostgres.fresh()) {
            one.run("CREATE TABLE public.mine (id integer)");

            assertThat(answer(one.asMigrations(), "SELECT pg_catalog.to_regclass('public.mine')"))
                    .isEqualTo("mine");
            assertThat(answer(other.asMigrations(), "SELECT pg_catalog.to_regclass('public.mine')"))
                    .isEqualTo("null");
            assertThat(answer(other.asMigrations(), "SELECT pg_catalog.to_regclass('auth.users')"))
                    .isEqualTo("auth.users");
        }
    }

    @Test
    void connectionsHaveTheRightsOfTheirRoleAndNoMore() throws SQLException {
        try (TestPostgres.Database database = TestPostgres.fresh()) {
            assertThat(answer(database.asMigrations(), "SELECT current_setting('is_superuser')"))
                    .isEqualTo("off");
            assertThat(answer(database.asSuperuser(), "SELECT current_setting('is_superuser')"))
                    .isEqualTo("on");
            assertThat(answer(database.as("authenticated"), "SELECT session_user || ' ' || current_user"))
                    .isEqualTo("authenticator authenticated");
            assertThat(answer(database.as("supabase_auth_admin"), "SELECT current_user::text"))
                    .isEqualTo("supabase_auth_admin");
        }
    }

    private static String answer(Connection open, String sql) throws SQLException {
        try (Connection connection = open;
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }
}
