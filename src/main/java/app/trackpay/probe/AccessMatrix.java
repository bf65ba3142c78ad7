package app.trackpay.probe;

import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.plan.Persona;
import app.trackpay.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cells as a person reads them: personas across, tables and commands down. */
final class AccessMatrix {

    private record Line(QualifiedName table, Command command) {}

    private AccessMatrix() {}

    static Table of(List<Persona> personas, List<Cell> cells) {
        Map<Line, Map<String, String>> lines = cells.stream()
                .collect(Collectors.groupingBy(
                        c -> new Line(c.table(), c.command()),
                        LinkedHashMap::new,
                        Collectors.toMap(c -> c.persona().name(), Cell::words, (one, other) -> one)));
        List<String> columns = Stream.concat(
                        Stream.of("table", "command"), personas.stream().map(Persona::name))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        lines.forEach((line, words) -> rows.add(Stream.concat(
                        Stream.of(line.table().toString(), line.command().name().toLowerCase(Locale.ROOT)),
                        personas.stream().map(p -> words.getOrDefault(p.name(), "")))
                .toList()));
        return new Table("access", columns, List.copyOf(rows));
    }
}
