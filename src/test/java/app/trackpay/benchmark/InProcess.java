package app.trackpay.benchmark;

import app.trackpay.CouldNotRunException;
import app.trackpay.Meanwhile;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.TestPostgres.Database;
import app.trackpay.manifest.Comparison;
import app.trackpay.manifest.Difference;
import app.trackpay.manifest.Drift;
import app.trackpay.manifest.Manifest;
import app.trackpay.manifest.ManifestFile;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What check-manifest does between Maven's start and its report, in this JVM: read the file, connect, read the catalog, compare. */
record InProcess(Path folder) implements Tool {

    @Override
    public String name() {
        return "check-manifest in-process";
    }

    @Override
    public void remember(Database database) throws IOException, Skipped {
        try {
            if (Files.notExists(folder.resolve("trackpay.yaml"))) {
                plan(folder);
            }
            ManifestFile.write(read(database), folder.resolve(ManifestFile.NAME));
        } catch (CouldNotRunException e) {
            throw new Skipped(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Verdict look(Database database) throws Skipped {
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
        double worked = Cpu.seconds();
        long start = System.nanoTime();
        try {
            Meanwhile<Manifest> expected = Meanwhile.begin(
                    () -> ManifestFile.read(folder.resolve(ManifestFile.NAME)).orElseThrow());
            Manifest actual = read(database);
            List<Difference> differences = Comparison.of(expected.result(), actual);
            double seconds = (System.nanoTime() - start) / 1e9;
            long heap = pools().stream()
                            .mapToLong(pool -> pool.getPeakUsage().getUsed())
                            .sum()
                    >> 20;
            String said = differences.stream().findFirst().map(Drift::line).orElse("");
            return new Verdict(new Run(0, seconds, Cpu.seconds() - worked, heap, ""), !differences.isEmpty(), said);
        } catch (CouldNotRunException e) {
            throw new Skipped(String.valueOf(e.getMessage()));
        }
    }

    /** A folder of migrations as the Supabase CLI has it: a plan that declares nothing and so answers for everything. */
    static void plan(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("20260101000000_all.sql"), "SELECT 1;\n");
    }

    /** The reference set, answering for everything that is not the platform's. */
    static void reference(Path folder) throws IOException, CouldNotRunException {
        ReferenceSet.write(folder);
        Path plan = folder.resolve("trackpay.yaml");
        String text = Files.readString(plan);
        Files.writeString(plan, text.replaceFirst("(?ms)^scope:.*?(?=^fixtures:)", ""));
    }

    private Manifest read(Database database) throws CouldNotRunException {
        Plan plan = PlanReader.read(folder);
        DatabaseUrl url = DatabaseUrl.parse(database.jdbcUrl());
        Login login = new Login(
                database.superuser().user(), Optional.of(database.superuser().password()), "the benchmark");
        try (LiveDatabase live = LiveDatabase.open(url, login)) {
            return Manifest.of(CatalogReader.read(live, Manifest.scope(plan)), plan);
        }
    }

    private static List<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }
}
