package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Routine;
import app.trackpay.catalog.Schema;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a function looks up names that have no schema. */
final class SearchPath {

    private SearchPath() {}

    /** Whether the caller decides. */
    static boolean isOpen(Routine routine) {
        return SourceText.isReadable(routine)
                && !SourceText.isParsed(routine)
                && routine.settings().stream().noneMatch(setting -> setting.startsWith("search_path="));
    }

    static Finding finding(String check, Severity severity, String message, Routine routine, Catalog catalog) {
        String call = Sql.call(routine);
        return new Finding(
                        check,
                        severity,
                        "function " + routine.signature(),
                        message,
                        "pin it; best to '' with every name in the body qualified, which the proposed path does not ask for")
                .repairedBy("ALTER ROUTINE " + call + " SET search_path = " + path(routine, catalog) + ";")
                .shownBy("SELECT oid::pg_catalog.regprocedure AS function, CASE WHEN prosecdef THEN"
                        + " pg_catalog.pg_get_userbyid(proowner) ELSE 'its caller' END AS runs_as,"
                        + " 'of its caller' AS search_path, proconfig AS settings FROM pg_catalog.pg_proc WHERE oid = "
                        + Sql.literal(call) + "::pg_catalog.regprocedure AND NOT EXISTS (SELECT FROM"
                        + " pg_catalog.unnest(proconfig) AS setting WHERE setting LIKE 'search\\_path=%');");
    }

    /** What it finds today by the usual path, and temporary tables last. */
    private static String path(Routine routine, Catalog catalog) {
        return Stream.of(
                        Stream.of("pg_catalog", routine.name().schema(), "public"),
                        catalog.schemas().stream().map(Schema::name).filter("extensions"::equals),
                        Stream.of("pg_temp"))
                .flatMap(names -> names)
                .distinct()
                .map(Identifier::quote)
                .collect(Collectors.joining(", "));
    }
}
