package app.trackpay.check.health;

import app.trackpay.catalog.Constraint;
import app.trackpay.catalog.DeleteRule;
import app.trackpay.catalog.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * ON DELETE CASCADE keys that hang together: deleting a row of the first one's target deletes rows of every table on the way.
 *
 * @param links each but the first points to the table of the one before it
 */
record CascadeChain(List<Constraint> links) {

    Constraint last() {
        return links.get(links.size() - 1);
    }

    QualifiedName start() {
        return ForeignKeys.reference(links.get(0)).table();
    }

    /** Every table on the way, the start first. */
    List<QualifiedName> tables() {
        return Stream.concat(Stream.of(start()), links.stream().map(Constraint::table))
                .toList();
    }

    CascadeChain after(Constraint link) {
        return new CascadeChain(Stream.concat(Stream.of(link), links.stream()).toList());
    }

    /** The longest end of the chain that no key blocks. */
    CascadeChain unblocked(List<Constraint> keys) {
        return IntStream.range(0, links.size())
                .mapToObj(from -> new CascadeChain(links.subList(from, links.size())))
                .filter(end -> !end.isBlocked(keys))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Whether a strict key stops every delete along the chain: it leads from a table of the chain back over at least two links, and the keys
     * carry the very value it looks at. PostgreSQL asks it while it deletes at the far end of those links, before it comes to the near end. Back
     * over one link it would be asked at the same time as the cascade, and which of the two is first depends on their age.
     */
    private boolean isBlocked(List<Constraint> keys) {
        return keys.stream()
                .filter(CascadeChain::isStrict)
                .anyMatch(key -> IntStream.range(0, links.size())
                        .anyMatch(to -> IntStream.range(to + 1, links.size()).anyMatch(from -> leads(key, from, to))));
    }

    /** RESTRICT can never be put off. */
    private static boolean isStrict(Constraint key) {
        DeleteRule rule = ForeignKeys.rule(key);
        return key.validated() && (rule == DeleteRule.RESTRICT || rule == DeleteRule.NO_ACTION && !key.deferrable());
    }

    /** Whether a key leads from the table of one link to the target of an earlier one, along the same rows. */
    private boolean leads(Constraint key, int from, int to) {
        QualifiedName target = ForeignKeys.reference(links.get(to)).table();
        if (!key.table().equals(links.get(from).table())
                || !ForeignKeys.reference(key).table().equals(target)) {
            return false;
        }
        List<String> arriving = new ArrayList<>();
        for (String column : key.columns()) {
            Optional<String> value = Optional.of(column);
            for (int link = from; link >= to; link--) {
                Constraint step = links.get(link);
                value = value.map(step.columns()::indexOf)
                        .filter(place -> place >= 0)
                        .map(ForeignKeys.reference(step).columns()::get);
            }
            value.ifPresent(arriving::add);
        }
        return arriving.equals(ForeignKeys.reference(key).columns());
    }
}
