package app.trackpay.export;

import app.trackpay.catalog.QualifiedName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of an export: the same for the same database, and fit for psql, for apply and for an SQL editor in a browser. */
final class ExportText {

    private ExportText() {}

    static String of(String restored, List<QualifiedName> tables, List<String> added) {
        return Stream.concat(
                        Stream.of(
                                "-- Written by export-schema: " + SchemaExport.names(tables) + ".",
                                added.isEmpty()
                                        ? "-- They need nothing else."
                                        : "-- They need " + String.join(", ", added) + "."),
                        restored.lines().filter(ExportText::isKept))
                .collect(Collectors.joining("\n", "", "\n"))
                .replaceAll("\n{3,}", "\n\n");
    }

    private static boolean isKept(String line) {
        // psql's own lines carry a new random word each time
        return !line.startsWith("\\restrict ")
                && !line.startsWith("\\unrestrict ")
                // a setting that servers before 17 refuse
                && !line.startsWith("SET transaction_timeout")
                && !line.startsWith("-- Dumped ");
    }
}
