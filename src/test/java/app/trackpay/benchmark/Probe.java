package app.trackpay.benchmark;

import app.trackpay.catalog.Catalog;
import app.trackpay.database.*;
import app.trackpay.manifest.*;
import app.trackpay.plan.*;
import java.nio.file.*;
import java.sql.*;
import java.util.*;

final class Probe {
    static long t;
    static void lap(String what) { long n = System.nanoTime(); System.out.printf("%s %.2f s; ", what, (n - t) / 1e9); t = System.nanoTime(); }
    public static void main(String[] args) throws Exception {
        DatabaseUrl url = DatabaseUrl.parse(args[0]);
        Path dir = Files.createTempDirectory("plan");
        Files.writeString(dir.resolve("1.sql"), "select 1;");
        Plan plan = PlanReader.read(dir);
        Path file = Path.of("/tmp/bprof/manifest.json");
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            t = System.nanoTime();
            LiveDatabase live = LiveDatabase.open(url, Login.choose(url, Optional.empty(), System.getenv()));
            Connection c = live.connect();
            lap("connect");
            Catalog catalog = CatalogReader.read(c, Manifest.scope(plan));
            c.close();
            lap("read");
            Manifest m = Manifest.of(catalog, plan);
            lap("manifest of " + m.entries().size());
            if (i == 0) { ManifestFile.write(m, file); lap("write " + Files.size(file)); }
            Manifest e = ManifestFile.read(file).orElseThrow();
            lap("parse");
            System.out.print(Comparison.of(e, m).size() + " ");
            if (i==0) System.out.print(""); lap("compare");
            System.out.println();
        }
        for (var p : java.lang.management.ManagementFactory.getMemoryPoolMXBeans()) if (p.getType() == java.lang.management.MemoryType.HEAP) System.out.println(p.getName() + " peak " + p.getPeakUsage().getUsed() / 1048576);
    }
}
