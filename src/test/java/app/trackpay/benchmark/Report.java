package app.trackpay.benchmark;

import app.trackpay.report.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What is measured, on the console and in a file. */
record Report(Path file) {

    static Report in(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("report.txt");
        Files.writeString(file, "");
        return new Report(file);
    }

    void line(String line) throws IOException {
        System.out.println(line);
        Files.writeString(file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    void table(List<String> columns, List<List<String>> rows) throws IOException {
        for (String line : new Table("benchmark", columns, rows).lines().toList()) {
            line(line);
        }
        line("");
    }
}
