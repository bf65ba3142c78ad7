package app.trackpay.manifest;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a difference means for those who use the database. */
public enum Direction {
    /** Somebody may see or do more than the manifest says. */
    WIDENED,
    /** Somebody may see or do less. */
    NARROWED,
    /** It touches access, and only a person can tell which way. */
    UNCLEAR;

    /** Several taken together; empty where none is about access. */
    static Optional<Direction> together(Collection<Direction> directions) {
        Set<Direction> different = directions.isEmpty() ? EnumSet.noneOf(Direction.class) : EnumSet.copyOf(directions);
        return different.isEmpty()
                ? Optional.empty()
                : Optional.of(different.size() == 1 ? different.iterator().next() : UNCLEAR);
    }

    Direction reversed() {
        return switch (this) {
            case WIDENED -> NARROWED;
            case NARROWED -> WIDENED;
            case UNCLEAR -> UNCLEAR;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
