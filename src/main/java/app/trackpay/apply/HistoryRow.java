package app.trackpay.apply;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What the database remembers of a step or a section.
 *
 * @param place its place in the plan at the time
 * @param section 0 for a step without sections
 * @param checksum of the text that ran
 * @param parts how many parts of it are done
 * @param finishedAt empty where it stopped between two parts
 * @param appliedBy the login role
 * @param attempt a statement outside a transaction that was begun behind the parts that are done
 * @param evidence for a step that was adopted instead of run: what was found in the database
 */
public record HistoryRow(
        int place,
        String step,
        int section,
        String file,
        String checksum,
        int parts,
        OffsetDateTime startedAt,
        Optional<OffsetDateTime> finishedAt,
        String appliedBy,
        String pluginVersion,
        Optional<Attempt> attempt,
        Optional<String> evidence) {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    HistoryRow withoutAttempt() {
        return new HistoryRow(
                place,
                step,
                section,
                file,
                checksum,
                parts,
                startedAt,
                finishedAt,
                appliedBy,
                pluginVersion,
                Optional.empty(),
                evidence);
    }

    /** When it ended, or began where it did not end, for people. */
    public String day() {
        return finishedAt
                        .orElse(startedAt)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .format(MINUTE) + " UTC";
    }
}
