package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where statements end, and what they ask of whoever runs them. */
class ScriptReaderTest {

    private static final String ATOMIC = "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC ";

    /** A text and its statements, as many as there are. */
    static Stream<Arguments> boundaries() {
        return Stream.of(
                arguments("", List.of()),
                arguments("-- nothing;\n/* nor here; */", List.of()),
                arguments("SELECT 1; SELECT 2;", List.of("SELECT 1;", "SELECT 2;")),
                arguments("SELECT 1; SELECT 2", List.of("SELECT 1;", "SELECT 2")),
                arguments(";;SELECT 1;;", List.of("SELECT 1;")),
                arguments("/* a */;SELECT 1", List.of("SELECT 1")),
                arguments("SELECT ';';SELECT 2", List.of("SELECT ';';", "SELECT 2")),
                arguments("SELECT 'it''s;';SELECT 2", List.of("SELECT 'it''s;';", "SELECT 2")),
                arguments("SELECT 'a\\';SELECT 2", List.of("SELECT 'a\\';", "SELECT 2")),
                arguments("SELECT E'a\\';';SELECT 2", List.of("SELECT E'a\\';';", "SELECT 2")),
                arguments("SELECT e'\\\\';SELECT 2", List.of("SELECT e'\\\\';", "SELECT 2")),
                arguments("SELECT E'a'\n'\\';';SELECT 2", List.of("SELECT E'a'\n'\\';';", "SELECT 2")),
                arguments("SELECT E'a' -- c\n '\\';';SELECT 2", List.of("SELECT E'a' -- c\n '\\';';", "SELECT 2")),
                arguments("SELECT E'a' '\\';SELECT 2", List.of("SELECT E'a' '\\';", "SELECT 2")),
                arguments("SELECT name'x\\';SELECT 2", List.of("SELECT name'x\\';", "SELECT 2")),
                arguments("SELECT B'1;', X'F;', N'n;'; SELECT 2", List.of("SELECT B'1;', X'F;', N'n;';", "SELECT 2")),
                arguments("SELECT U&'d\\0061;\\';SELECT 2", List.of("SELECT U&'d\\0061;\\';", "SELECT 2")),
                arguments("SELECT U&\"d\\;a\" FROM t;SELECT 2", List.of("SELECT U&\"d\\;a\" FROM t;", "SELECT 2")),
                arguments("SELECT \"a;\"\"b\";SELECT 2", List.of("SELECT \"a;\"\"b\";", "SELECT 2")),
                arguments("SELECT '\\.';SELECT 2", List.of("SELECT '\\.';", "SELECT 2")),
                arguments("SELECT '\n\\.\n';SELECT 2", List.of("SELECT '\n\\.\n';", "SELECT 2")),
                arguments("SELECT '\n\\i x\n';SELECT 2", List.of("SELECT '\n\\i x\n';", "SELECT 2")),
                arguments("SELECT $$a;b$$;SELECT 2", List.of("SELECT $$a;b$$;", "SELECT 2")),
                arguments("SELECT $x$a;$$;$y$;$x$;SELECT 2", List.of("SELECT $x$a;$$;$y$;$x$;", "SELECT 2")),
                arguments("SELECT $ä_1$;$ä_1$;SELECT 2", List.of("SELECT $ä_1$;$ä_1$;", "SELECT 2")),
                arguments("SELECT a$b$c;SELECT $b$2", List.of("SELECT a$b$c;", "SELECT $b$2")),
                arguments("PREPARE p AS SELECT $1;SELECT $2", List.of("PREPARE p AS SELECT $1;", "SELECT $2")),
                arguments("SELECT 1 /* ; */;SELECT 2", List.of("SELECT 1 /* ; */;", "SELECT 2")),
                arguments("SELECT /* /* ; */ ; */ 1;SELECT 2", List.of("SELECT /* /* ; */ ; */ 1;", "SELECT 2")),
                arguments("SELECT /* ' */ 1;SELECT 2", List.of("SELECT /* ' */ 1;", "SELECT 2")),
                arguments("SELECT 2*/*;*/3;SELECT 2", List.of("SELECT 2*/*;*/3;", "SELECT 2")),
                arguments("SELECT 1 -- ;'\n;SELECT 2", List.of("SELECT 1 -- ;'\n;", "SELECT 2")),
                arguments("SELECT 1--;\r\n;SELECT 2", List.of("SELECT 1--;\r\n;", "SELECT 2")),
                arguments("SELECT '--';SELECT 2", List.of("SELECT '--';", "SELECT 2")),
                arguments("SELECT 1 - -1;SELECT 2", List.of("SELECT 1 - -1;", "SELECT 2")),
                arguments(
                        "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);SELECT 3",
                        List.of("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);", "SELECT 3")),
                arguments("SELECT 1);SELECT 2", List.of("SELECT 1);", "SELECT 2")),
                arguments("SELECT (1;SELECT 2", List.of("SELECT (1;SELECT 2")),
                arguments(
                        ATOMIC + "SELECT 1; SELECT 2; END;SELECT 3",
                        List.of(ATOMIC + "SELECT 1; SELECT 2; END;", "SELECT 3")),
                arguments(
                        ATOMIC + "SELECT CASE WHEN true THEN 1 END; END;SELECT 3",
                        List.of(ATOMIC + "SELECT CASE WHEN true THEN 1 END; END;", "SELECT 3")),
                arguments(
                        ATOMIC + "SELECT (CASE WHEN true THEN 1 END); END;SELECT 3",
                        List.of(ATOMIC + "SELECT (CASE WHEN true THEN 1 END); END;", "SELECT 3")),
                arguments(
                        ATOMIC + "SELECT t.end AS case FROM t; END;SELECT 3",
                        List.of(ATOMIC + "SELECT t.end AS case FROM t; END;", "SELECT 3")),
                arguments(
                        ATOMIC + "SELECT begin FROM t; END;SELECT 3",
                        List.of(ATOMIC + "SELECT begin FROM t; END;", "SELECT 3")),
                arguments(
                        "create or replace procedure p() begin atomic insert into t values (1); end;SELECT 3",
                        List.of(
                                "create or replace procedure p() begin atomic insert into t values (1); end;",
                                "SELECT 3")),
                arguments(
                        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ BEGIN ATOMIC $$;SELECT 3",
                        List.of("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ BEGIN ATOMIC $$;", "SELECT 3")),
                arguments(
                        "CREATE TABLE t (begin atomic);SELECT 3",
                        List.of("CREATE TABLE t (begin atomic);", "SELECT 3")),
                arguments("SELECT begin, atomic FROM t;SELECT 3", List.of("SELECT begin, atomic FROM t;", "SELECT 3")),
                arguments("SELECT '\uD83D\uDE00;';SELECT 2", List.of("SELECT '\uD83D\uDE00;';", "SELECT 2")),
                arguments("\uFEFFSELECT 1;", List.of("SELECT 1;")),
                arguments("SELECT 'open;", List.of("SELECT 'open;")),
                arguments("SELECT $$open;", List.of("SELECT $$open;")),
                arguments("SELECT 1 /* open;", List.of("SELECT 1")),
                arguments("\\restrict aB1\nSELECT 1;\n\\unrestrict aB1\n", List.of("SELECT 1;")),
                arguments("\\set ON_ERROR_STOP on\nSELECT 1;", List.of("SELECT 1;")));
    }

    @ParameterizedTest
    @MethodSource("boundaries")
    void aStatementEndsWhereTheServerEndsIt(String text, List<String> expected) {
        assertThat(statements(text)).isEqualTo(expected);
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                arguments("CREATE INDEX CONCURRENTLY i ON t (a)", StatementKind.ALONE),
                arguments("create unique index concurrently if not exists i on t (a)", StatementKind.ALONE),
                arguments("CREATE INDEX concurrently_idx ON t (a)", StatementKind.PLAIN),
                arguments("CREATE INDEX \"concurrently\" ON t (a)", StatementKind.PLAIN),
                arguments("CREATE INDEX i ON t (concurrently)", StatementKind.PLAIN),
                arguments("CREATE /* now */ INDEX -- quick\n CONCURRENTLY i ON t (a)", StatementKind.ALONE),
                arguments("DROP INDEX CONCURRENTLY i", StatementKind.ALONE),
                arguments("DROP INDEX i", StatementKind.PLAIN),
                arguments("REINDEX TABLE CONCURRENTLY t", StatementKind.ALONE),
                arguments("REINDEX (CONCURRENTLY) TABLE t", StatementKind.ALONE),
                arguments("REINDEX SCHEMA public", StatementKind.ALONE),
                arguments("REINDEX TABLE t", StatementKind.APART),
                arguments("CLUSTER (VERBOSE)", StatementKind.ALONE),
                arguments("CLUSTER \"t\"", StatementKind.APART),
                arguments("REINDEX (CONCURRENTLY = off) TABLE database", StatementKind.APART),
                arguments("VACUUM", StatementKind.ALONE),
                arguments("vacuum (analyze) t", StatementKind.ALONE),
                arguments("ANALYZE t", StatementKind.PLAIN),
                arguments("ALTER SYSTEM SET work_mem = '8MB'", StatementKind.ALONE),
                arguments("ALTER DATABASE d SET TABLESPACE s", StatementKind.ALONE),
                arguments("ALTER DATABASE d SET work_mem = '8MB'", StatementKind.PLAIN),
                arguments("CREATE DATABASE d", StatementKind.ALONE),
                arguments("DROP DATABASE d", StatementKind.ALONE),
                arguments("CREATE TABLESPACE s LOCATION '/s'", StatementKind.ALONE),
                arguments("DROP TABLESPACE s", StatementKind.ALONE),
                arguments("ALTER TABLE t DETACH PARTITION p CONCURRENTLY", StatementKind.ALONE),
                arguments("ALTER TABLE t DETACH PARTITION p", StatementKind.PLAIN),
                arguments("ALTER TYPE e ADD VALUE 'v'", StatementKind.PLAIN),
                arguments("REFRESH MATERIALIZED VIEW CONCURRENTLY v", StatementKind.PLAIN),
                arguments("SET search_path = ''", StatementKind.SESSION),
                arguments("SET LOCAL search_path = ''", StatementKind.PLAIN),
                arguments("SET CONSTRAINTS ALL DEFERRED", StatementKind.PLAIN),
                arguments("SELECT pg_catalog.set_config('search_path', '', false)", StatementKind.SESSION),
                arguments("SELECT set_config('search_path', concat('a', ',b'), FALSE) AS path", StatementKind.SESSION),
                arguments("SELECT set_config('a.a', '', false), set_config('a.b', '', false)", StatementKind.SESSION),
                arguments("SELECT set_config('search_path', '', true)", StatementKind.PLAIN),
                arguments("SELECT set_config('search_path', 'false', 1 = 1)", StatementKind.PLAIN),
                arguments("SELECT set_config('a.a', '', false), set_config('a.b', '', true)", StatementKind.PLAIN),
                arguments("SELECT set_config FROM t", StatementKind.PLAIN),
                arguments("RESET ROLE", StatementKind.SESSION),
                arguments("COPY t TO '/x'", StatementKind.PLAIN),
                arguments("COPY t FROM '/stdin'", StatementKind.PLAIN),
                arguments("COPY (SELECT 1) TO stdout", StatementKind.COPY_OUT),
                arguments("COPY (SELECT a FROM stdin) TO '/x'", StatementKind.PLAIN),
                arguments("SAVEPOINT s", StatementKind.PLAIN),
                arguments("ROLLBACK TO SAVEPOINT s", StatementKind.PLAIN),
                arguments("ROLLBACK WORK TO s", StatementKind.PLAIN),
                arguments("PREPARE p AS SELECT 1", StatementKind.PLAIN));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aStatementIsTakenForWhatItIs(String text, StatementKind kind) {
        List<SourceProblem> problems = new ArrayList<>();
        Script script = ScriptReader.read(new Source("a.sql", text + ";"), false, problems);
        assertThat(problems).isEmpty();
        Part part = script.sections().get(0).parts().get(0);
        StatementKind found = part.pieces().get(0) instanceof Piece.CopyOut
                ? StatementKind.COPY_OUT
                : ((Piece.Sql) part.pieces().get(0)).statements().get(0).kind();
        assertThat(found).isEqualTo(kind);
        assertThat(part.alone()).isEqualTo(kind == StatementKind.ALONE || kind == StatementKind.APART);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET datestyle = 'German'",
                "set LOCAL DateStyle to SQL, DMY",
                "SET SESSION datestyle = 'postgres, mdy'",
                "SELECT pg_catalog.set_config('DateStyle', 'SQL', false)",
                "SET client_encoding = 'LATIN1'",
                "SET client_encoding TO win1252",
                "SET NAMES 'SQL_ASCII'",
                "SET client_encoding = 'unicode'"
            })
    void aSettingThatTheConnectionDoesNotSurviveIsRefusedAtItsLine(String text) {
        List<SourceProblem> problems = new ArrayList<>();
        ScriptReader.read(new Source("a.sql", "SELECT 1;\n" + text + ";"), false, problems);
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.lines().get(0))
                        .startsWith("a.sql:2:1: ")
                        .containsAnyOf("SET datestyle = 'ISO, DMY'", "SET client_encoding = 'UTF8'"));
    }

    @Test
    void rowsOfCopyReachToTheLineWithBackslashDot() {
        String text = "COPY t (a, b) FROM stdin;\r\n1\t;\\.\r\n\\\\.\t'\r\n\\.\r\nSELECT 1;";
        Script script = read(text);
        List<Piece> pieces = script.sections().get(0).parts().get(0).pieces();
        Piece.CopyIn copy = (Piece.CopyIn) pieces.get(0);
        assertThat(text.substring(copy.data(), copy.dataEnd())).isEqualTo("1\t;\\.\r\n\\\\.\t'\r\n");
        assertThat(script.sent(pieces.get(1).start(), pieces.get(1).end())).isEqualTo("SELECT 1;");
    }

    @Test
    void aStatementThatCannotBeInATransactionIsAPartOfItsOwn() {
        Script script = read("CREATE TABLE t (a int);\nCREATE INDEX CONCURRENTLY i ON t (a);\nSELECT 1;");
        assertThat(script.sections().get(0).parts()).extracting(Part::alone).containsExactly(false, true, false);
    }

    @Test
    void thePairOfBeginAndCommitIsLeftOutAndPositionsStay() {
        Script script = read("BEGIN;\nSELECT 1;\nCOMMIT;");
        assertThat(script.sendable()).isEqualTo("      \nSELECT 1;\n       ");
        assertThat(statements("BEGIN;\nSELECT 1;\nCOMMIT;")).containsExactly("SELECT 1;");
    }

    static Stream<Arguments> transactions() {
        return Stream.of(
                arguments("SELECT 1; BEGIN; SELECT 2; SELECT 3; COMMIT; SELECT 4;", List.of("1", "(2,3)", "4")),
                arguments("BEGIN; SELECT 1; END; START TRANSACTION; SELECT 2; COMMIT WORK;", List.of("(1)", "(2)")),
                arguments("BEGIN ISOLATION LEVEL SERIALIZABLE, READ WRITE; SELECT 1; COMMIT;", List.of("(1)")),
                arguments("BEGIN; COMMIT; SELECT 1;", List.of("()", "1")),
                arguments("BEGIN\\; SELECT 1\\; COMMIT; SELECT 2", List.of("(1)", "2")),
                arguments("BEGIN; SELECT 1; COMMIT AND NO CHAIN; SELECT 2;", List.of("(1)", "2")),
                arguments("SELECT 1; VACUUM; BEGIN; SELECT 2; COMMIT;", List.of("1", "VACUUM", "(2)")),
                arguments("BEGIN; SAVEPOINT a; ROLLBACK TO a; COMMIT;", List.of("(SAVEPOINT a,ROLLBACK TO a)")));
    }

    @ParameterizedTest
    @MethodSource("transactions")
    void aPairOfBeginAndCommitIsAPart(String text, List<String> expected) {
        assertThat(read(text).sections().get(0).parts())
                .map(part -> part.pieces().stream()
                        .flatMap(piece -> ((Piece.Sql) piece).statements().stream())
                        .map(one -> text.substring(one.start(), one.end()).replaceAll("SELECT |\\\\?;", ""))
                        .collect(Collectors.joining(
                                ",",
                                part.own().isPresent() ? "(" : "",
                                part.own().isPresent() ? ")" : "")))
                .isEqualTo(expected);
    }

    @Test
    void whatChangesHowStringsAreReadIsSentBeforeThem() {
        Script script = read("SELECT 1; SET standard_conforming_strings = off; SELECT '\\';'; SELECT 2;");
        assertThat(script.sections().get(0).parts().get(0).pieces())
                .map(piece -> ((Piece.Sql) piece).statements().size())
                .containsExactly(2, 2);
    }

    static Stream<Arguments> strings() {
        return Stream.of(
                arguments("SET standard_conforming_strings = off;", true),
                arguments("SET standard_conforming_strings TO 'OF';", true),
                arguments("set session \"standard_conforming_strings\" = 0;", true),
                arguments("SELECT pg_catalog.set_config('standard_conforming_strings', 'f', false);", true),
                arguments("SET LOCAL standard_conforming_strings = off;", true),
                arguments("SET LOCAL standard_conforming_strings = off; VACUUM;", false),
                arguments("BEGIN; SET LOCAL standard_conforming_strings = off; COMMIT;", false),
                arguments("BEGIN; SET standard_conforming_strings = off; COMMIT;", true),
                arguments("BEGIN; SELECT set_config('standard_conforming_strings', 'off', true); COMMIT;", false),
                arguments("SET standard_conforming_strings = on;", false),
                arguments("SET standard_conforming_strings = off; RESET ALL;", false),
                arguments("SET standard_conforming_strings = off; SET standard_conforming_strings TO DEFAULT;", false),
                arguments("SET escape_string_warning = off;", false),
                arguments("SELECT 'SET standard_conforming_strings = off';", false));
    }

    @ParameterizedTest
    @MethodSource("strings")
    void whatABackslashMeansIsFollowed(String before, boolean escapes) {
        Script script = read(before + " SELECT 1");
        List<Part> parts = script.sections().get(0).parts();
        List<Piece> pieces = parts.get(parts.size() - 1).pieces();
        List<Statement> last = ((Piece.Sql) pieces.get(pieces.size() - 1)).statements();
        assertThat(last.get(last.size() - 1).escapes()).isEqualTo(escapes);
    }

    @Test
    void sectionsAreCutAtTheirHeaders() {
        String text =
                "-- head\n\\set ON_ERROR_STOP on\n-- SECTION 1: One\nSELECT '\n-- SECTION 9: no\n';\n  -- SECTION 3: Three\nSELECT 2\n"
                        + "-- SECTION 4\n/*\n-- SECTION 2: no\n*/ SELECT 3;";
        List<SourceProblem> problems = new ArrayList<>();
        Script script = ScriptReader.read(new Source("a.sql", text), true, problems);
        assertThat(problems).isEmpty();
        assertThat(script.sections()).extracting(Script.Section::number).containsExactly(1, 3, 4);
        assertThat(script.sections()).extracting(Script.Section::title).containsExactly("One", "Three", "");
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                arguments(
                        false,
                        "SELECT 1;\n  \\i other.sql",
                        "a.sql:2:3: \\i is a command of psql that apply does not know"),
                arguments(false, "\\copy t from x", "a.sql:1:1: \\copy is a command"),
                arguments(false, "SELECT 1 \\gexec\n", "a.sql:1:10: \\gexec is a command"),
                arguments(false, "\\set ON_ERROR_STOP off", "a.sql:1:1: \\set ON_ERROR_STOP off asks to go on"),
                arguments(false, "\\if true", "a.sql:1:1: \\if is a command of psql that apply does not know"),
                arguments(false, "\\connect other", "a.sql:1:1: \\connect is a command"),
                arguments(false, "SELECT 1 \\gset x_\n", "a.sql:1:10: \\gset is a command"),
                arguments(false, "SELECT a\\:\\:text;", "a.sql:1:9: \\: is a command"),
                arguments(false, "SELECT 'a\\' \\g", "a.sql:1:13: \\g is a command"),
                arguments(
                        false,
                        "SET standard_conforming_strings = off;\nSELECT 'a\\' \\g';\n\\g",
                        "a.sql:3:1: \\g is a command"),
                arguments(false, "\\set x 1", "a.sql:1:1: \\set is a command"),
                arguments(false, "SELECT 1;\n\\.\n", "a.sql:2:1: \\. is a command"),
                arguments(false, "\\echo a \\\\ SELECT 1;", "a.sql:1:1: \\echo is a command"),
                arguments(false, "COPY t FROM stdin;\n1\n", "a.sql:1:1: the rows of this COPY do not end"),
                arguments(
                        false,
                        "COPY t FROM stdin; SELECT 1;\n1\n\\.\n",
                        "a.sql:1:19: rows are expected from the next line on"),
                arguments(false, "BEGIN;\nSELECT 1;", "a.sql:1:1: BEGIN without COMMIT"),
                arguments(false, "SELECT 1;\nCOMMIT;", "a.sql:2:1: COMMIT without a BEGIN"),
                arguments(false, "BEGIN;\nBEGIN; END;", "a.sql:2:1: BEGIN inside the transaction of line 1"),
                arguments(false, "BEGIN; END; END;", "a.sql:1:13: COMMIT without a BEGIN"),
                arguments(false, "BEGIN READ ONLY; END;", "a.sql:1:1: apply writes its history in the file's"),
                arguments(false, "START TRANSACTION READ ONLY; END;", "a.sql:1:1: apply writes its history"),
                arguments(false, "BEGIN; COMMIT AND CHAIN; END;", "a.sql:1:8: apply writes its history"),
                arguments(false, "BEGIN; PREPARE TRANSACTION 'x';", "a.sql:1:8: apply writes its history"),
                arguments(false, "COMMIT PREPARED 'x';", "a.sql:1:1: apply writes its history"),
                arguments(false, "ROLLBACK PREPARED 'x';", "a.sql:1:1: apply writes its history"),
                arguments(
                        false,
                        "BEGIN; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; END;",
                        "a.sql:1:8: apply writes its history"),
                arguments(false, "ROLLBACK;", "a.sql:1:1: ROLLBACK without a BEGIN"),
                arguments(
                        false,
                        "BEGIN;\nSELECT 1;\nABORT;",
                        "a.sql:3:1: ROLLBACK throws away everything since the BEGIN of line 1, and the step would be"),
                arguments(
                        false,
                        "BEGIN; VACUUM; COMMIT;",
                        "a.sql:1:8: the server refuses this statement inside a transaction"),
                arguments(true, "SELECT 1;", "a.sql:1:1: this statement stands before the first section"),
                arguments(true, "-- only words\n", "a.sql:1:1: the plan says sections: true, but there is no"),
                arguments(true, "-- SECTION 2: b\n-- SECTION 1: a\n", "a.sql:2:1: section 1 comes after section 2"),
                arguments(true, "-- SECTION 1: b\n-- SECTION 1: a\n", "a.sql:2:1: section 1 comes after section 1"),
                arguments(true, "-- SECTION 0: b\n", "a.sql:1:1: sections are counted from 1"),
                arguments(true, "-- SECTION 1: a\n-- SECTION 2 b\n", "a.sql:2:1: not quite a section header"),
                arguments(
                        true,
                        "-- SECTION 1: a\nCREATE TABLE t (\n-- SECTION 2: b\n a int);",
                        "a.sql:3:1: a section begins inside the statement of line 2"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void whatCannotRunIsToldWithItsPlace(boolean sections, String text, String expected) {
        List<SourceProblem> problems = new ArrayList<>();
        ScriptReader.read(new Source("a.sql", text), sections, problems);
        assertThat(problems).isNotEmpty();
        assertThat(problems.get(0).lines().get(0)).startsWith(expected);
    }

    @Test
    void aRollbackIsToldOnceAndWhatComesBehindItIsStillRead() {
        List<SourceProblem> problems = new ArrayList<>();
        ScriptReader.read(new Source("a.sql", "BEGIN;\nSELECT 1;\nROLLBACK;\nBEGIN;\nSELECT 1;"), false, problems);
        assertThat(problems)
                .extracting(problem -> problem.lines().get(0).substring(0, 18))
                .containsExactly("a.sql:3:1: ROLLBAC", "a.sql:4:1: BEGIN w");
    }

    @Test
    void anOrdinaryCommentIsNoHeader() {
        List<SourceProblem> problems = new ArrayList<>();
        String text =
                "-- SECTION 1: a\nSELECT 1; -- SECTION 2: not at the line's start\n-- section 7 is elsewhere\n-- SECTIONS 3\n";
        assertThat(ScriptReader.read(new Source("a.sql", text), true, problems).sections())
                .hasSize(1);
        assertThat(problems).isEmpty();
    }

    private static Script read(String text) {
        List<SourceProblem> problems = new ArrayList<>();
        Script script = ScriptReader.read(new Source("a.sql", text), false, problems);
        assertThat(problems).isEmpty();
        return script;
    }

    private static List<String> statements(String text) {
        Script script = read(text);
        return script.sections().get(0).parts().stream()
                .flatMap(part -> part.pieces().stream())
                .flatMap(piece -> ((Piece.Sql) piece).statements().stream())
                .map(statement -> script.sent(statement.start(), statement.end()))
                .toList();
    }
}
