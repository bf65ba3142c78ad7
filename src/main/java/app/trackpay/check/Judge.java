package app.trackpay.check;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.Judgement.Suppressed;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Suppression;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks checks and applies the plan's suppressions to what they answer. */
public final class Judge {

    /** What has its cause in another finding comes behind those that have not. */
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(finding -> finding.cause().isPresent())
            .thenComparing(Finding::check)
            .thenComparing(Finding::object);

    private Judge() {}

    /**
     * Every finding of the checks.
     *
     * @param today the day on which suppressions are looked at: their last day is still one on which they hide
     */
    public static Judgement judge(Plan plan, Catalog catalog, List<Check> checks, LocalDate today) {
        Set<String> asked = checks.stream().map(Check::id).collect(Collectors.toSet());
        return judge(
                plan,
                checks.stream().flatMap(check -> check.findings(plan, catalog)).toList(),
                asked,
                today);
    }

    /**
     * Findings that were made already.
     *
     * @param asked the ids of all checks that were asked, also of those that found nothing
     * @param today as above
     */
    public static Judgement judge(Plan plan, List<Finding> findings, Set<String> asked, LocalDate today) {
        List<Finding> open = new ArrayList<>();
        List<Suppressed> suppressed = new ArrayList<>();
        List<Finding> all = findings.stream().sorted(ORDER).toList();
        for (Finding finding : all) {
            List<Suppression> meant = plan.suppressions().stream()
                    .filter(s -> isMeant(s, finding))
                    .toList();
            meant.stream()
                    .filter(s -> holds(s, today))
                    .findFirst()
                    .ifPresentOrElse(
                            s -> suppressed.add(new Suppressed(finding, s.reason())),
                            () -> open.add(meant.stream()
                                    .findFirst()
                                    .map(s -> expired(finding, s))
                                    .orElse(finding)));
        }
        return new Judgement(OneRepair.aPolicy(open), List.copyOf(suppressed), notes(plan, asked, all));
    }

    private static boolean isMeant(Suppression suppression, Finding finding) {
        return suppression.check().equals(finding.check())
                && suppression.object().equals(finding.object());
    }

    private static boolean holds(Suppression suppression, LocalDate today) {
        return suppression.until().filter(today::isAfter).isEmpty();
    }

    private static Finding expired(Finding finding, Suppression suppression) {
        String ended =
                " (its suppression ended on " + suppression.until().orElseThrow() + ": " + suppression.reason() + ")";
        // further lines may be values, which must not seem to go on
        String message = finding.message();
        int line = message.indexOf('\n') < 0 ? message.length() : message.indexOf('\n');
        return finding.saying(message.substring(0, line) + ended + message.substring(line));
    }

    /** Only suppressions of checks that were asked: another goal may need the rest. */
    private static List<String> notes(Plan plan, Set<String> asked, List<Finding> all) {
        return plan.suppressions().stream()
                .filter(s -> asked.contains(s.check()))
                .filter(s -> all.stream().noneMatch(f -> isMeant(s, f)))
                .map(s -> "the suppression of " + s.check() + " for \"" + s.object() + "\" matches no finding"
                        + near(s, all) + ": remove it from the plan")
                .toList();
    }

    private static String near(Suppression suppression, List<Finding> all) {
        Optional<Finding> near = all.stream()
                .filter(f -> f.check().equals(suppression.check()))
                .filter(f -> bare(f.object()).contains(bare(suppression.object())))
                .findFirst();
        return near.map(f -> " (did you mean \"" + f.object() + "\"?)").orElse("");
    }

    /** Some checks write names with the quotes that SQL needs, others as they are stored. */
    private static String bare(String object) {
        return object.replace("\"", "").toLowerCase(Locale.ROOT);
    }
}
