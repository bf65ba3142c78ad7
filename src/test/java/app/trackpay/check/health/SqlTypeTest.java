package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.ReferenceDatabase;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.database.GrantEra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlTypeTest {

    /** The server's own answer is the truth. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "int",
                "INT4",
                "integer",
                "int8",
                "int2",
                "bool",
                "Boolean",
                "decimal",
                "decimal(10,2)",
                "numeric(8)",
                "numeric( 10 , 2 )",
                "varchar",
                "varchar(20)",
                "character varying (20)",
                "char varying(3)",
                "char",
                "char(3)",
                "bpchar",
                "float",
                "float(10)",
                "float(53)",
                "float4",
                "float8",
                "timestamptz",
                "timestamptz(3)",
                "timestamp",
                "timestamp (3) with time zone",
                "TIMESTAMP WITHOUT TIME ZONE",
                "time",
                "timetz(2)",
                "varbit(4)",
                "bit",
                "bit(3)",
                "int[]",
                "integer[3]",
                "int4[][]",
                "varchar(20)[]",
                "integer array",
                "uuid",
                "jsonb",
                "text",
                "pg_catalog.int4",
                "double  precision",
                "interval",
                "\"char\""
            })
    void spellsATypeAsTheServerDoes(String written) {
        try (Trial trial =
                ReferenceDatabase.on(17, GrantEra.NEW).trial().run("CREATE TEMP TABLE t (c " + written + ")")) {
            String stored = trial.answer("SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                    + " WHERE attrelid = 't'::regclass AND attname = 'c'");

            assertThat(SqlType.of(written).canonical()).isEqualTo(stored);
            assertThat(SqlType.of(stored).canonical()).isEqualTo(stored);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"uuid|text", "numeric|numeric(10,2)", "uuid|uuid[]", "app.kind|public.kind", "\"Kind\"|kind"})
    void tellsDifferentTypesApart(String pair) {
        assertThat(matches(pair)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"citext|extensions.citext", "public.kind[]|kind[]", "app.kind|app.kind"})
    void takesTheSchemaOnlyWhereBothNameOne(String pair) {
        assertThat(matches(pair)).isTrue();
    }

    @Test
    void readsWhatAFunctionReturns() {
        assertThat(SqlType.ofResult("TABLE(id int4, name varchar(20))"))
                .isEqualTo(SqlType.ofResult("table (id integer, name character varying)"));
        assertThat(SqlType.ofResult("SETOF  int4")).isEqualTo(SqlType.ofResult("setof integer"));
        assertThat(SqlType.ofResult("setof uuid")).isNotEqualTo(SqlType.ofResult("uuid"));
    }

    private static boolean matches(String pair) {
        String[] types = pair.split("\\|");
        return SqlType.of(types[0]).matches(SqlType.of(types[1]));
    }
}
