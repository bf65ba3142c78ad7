package app.trackpay.apply;

import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the locks of a dry run mean for those who use the database meanwhile: {@code rewrites-table} and {@code blocks-writes}. */
public final class LockFindings {

    /** The ids. */
    public static final Set<String> CHECKS = Set.of("rewrites-table", "blocks-writes");

    private LockFindings() {}

    /** One finding a step and table, of tables that were there before and that the plan does not declare empty. */
    public static List<Finding> of(Plan plan, List<TableLock> locks) {
        return locks.stream()
                .filter(lock -> lock.rewritten() || lock.mode().blocksWrites())
                .filter(lock -> !plan.assumed().empty().contains(lock.table()))
                .map(lock -> lock.rewritten() ? rewrites(lock) : blocks(lock))
                .toList();
    }

    private static Finding rewrites(TableLock lock) {
        return finding(
                "rewrites-table",
                lock,
                " writes the whole table anew (" + size(lock.bytes())
                        + "): that takes as long, and as much disk, as a copy of it,"
                        + " and until the end nobody can read or write the table; " + took(lock),
                "bring the change without a rewrite: a new column that is filled in small steps, then renamed; or apply when it is"
                        + " quiet");
    }

    private static Finding blocks(TableLock lock) {
        String others = lock.mode() == LockMode.ACCESS_EXCLUSIVE ? "read or write" : "write to";
        return finding(
                "blocks-writes",
                lock,
                " takes a lock in mode " + lock.mode() + " on a table that was there before (" + size(lock.bytes())
                        + "): until its end nobody can " + others + " the table; " + took(lock),
                switch (lock.mode()) {
                    case SHARE -> "build the index with CREATE INDEX CONCURRENTLY, or apply when it is quiet";
                    case SHARE_ROW_EXCLUSIVE ->
                        "add a foreign key NOT VALID and validate it in a step of its own; a trigger takes this lock for a moment"
                                + " only: keep it in a short step";
                    default -> "keep the statement in a short step of its own, and apply when it is quiet";
                });
    }

    private static Finding finding(String check, TableLock lock, String does, String fix) {
        Unit unit = lock.unit();
        return new Finding(
                        check,
                        Severity.WARNING,
                        "table " + lock.table() + " in " + unit.name(),
                        unit.name() + " (" + unit.step().name() + ")" + does,
                        fix + "; if the table is empty when you apply, name it under assume: empty:")
                .from(unit.step());
    }

    private static String took(TableLock lock) {
        return "here that took " + lock.held().toMillis() + " ms";
    }

    /** In the units of pg_size_pretty. */
    private static String size(long bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = 0;
        while (value >= 10240 && unit < units.length - 1 || unit == 0 && value >= 1024) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.0f %s", value, units[unit]);
    }
}
