package app.trackpay.apply;

import app.trackpay.apply.Phrase.Name;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A statement outside a transaction whose end nobody saw, and the database that may tell what became of it. */
record CutOff(Connection connection, String text, Attempt attempt) {

    private static final String AGAIN = "nothing of it is to be seen: it runs again";

    /** Looks; takes nothing away yet. */
    Fate fate() throws SQLException {
        if (!attempt.failed() && !Attempt.words(text).equals(attempt.statement())) {
            return other(attempt);
        }
        Fate fate = look(new Phrase(text));
        // refused is refused: what is there was there before
        return attempt.failed() && !(fate instanceof Fate.Again || fate instanceof Fate.Ended)
                ? new Fate.Again("the server had refused it: it runs again", List.of())
                : fate;
    }

    /** The file has another statement there. */
    static Fate.Undecided other(Attempt attempt) {
        return new Fate.Undecided(
                "it was another when it was begun, and only the old one tells what to look for: " + attempt.statement(),
                "Put the old statement back, and apply looks what became of it; or take away by hand what it left.");
    }

    /** What comes of looking, in general, at a statement that the server refused. */
    static String next(String text) {
        Phrase phrase = new Phrase(text);
        if (!Words.of(text.toUpperCase(Locale.ROOT)).contains("CONCURRENTLY") || phrase.sees("DROP")) {
            return "tries it again";
        }
        return phrase.sees("ALTER")
                ? "looks what it left, and finishes what is half detached"
                : "looks what it left, and drops an invalid index";
    }

    private Fate look(Phrase phrase) throws SQLException {
        if (phrase.skip("CREATE")) {
            boolean unique = phrase.skip("UNIQUE");
            return phrase.skip("INDEX", "CONCURRENTLY")
                    ? new CutOffIndex(connection, text).fate(phrase)
                    : unique ? unknown() : object(phrase, true);
        }
        if (phrase.skip("DROP")) {
            return object(phrase, false);
        }
        if (phrase.skip("REINDEX")) {
            return reindex(phrase);
        }
        if (phrase.skip("ALTER", "TABLE")) {
            return detach(phrase);
        }
        if (phrase.skip("ALTER", "SUBSCRIPTION")) {
            return publication(phrase);
        }
        // VACUUM, CLUSTER, ALTER SYSTEM, ALTER DATABASE, DISCARD: done twice is done once
        return twice();
    }

    private static Fate twice() {
        return new Fate.Again("it may run twice: it runs again", List.of());
    }

    private static Fate unknown() {
        return new Fate.Undecided(
                "it is of a kind that apply cannot look for", "See whether it ended, and take away what it left.");
    }

    /** These are there or not, and nothing in between. */
    private Fate object(Phrase phrase, boolean wanted) throws SQLException {
        String kind = phrase.take();
        phrase.skip("CONCURRENTLY");
        phrase.skip("IF", "EXISTS");
        Optional<Name> name = phrase.name();
        if (name.isEmpty()) {
            return unknown();
        }
        String object = kind.toLowerCase(Locale.ROOT) + " " + name.get().written();
        String value = kind.equals("INDEX") ? name.get().written() : name.get().value();
        try (PreparedStatement query = connection.prepareStatement(SqlResource.CUT_OFF_OBJECT.text())) {
            query.setString(1, kind);
            for (int i = 2; i <= 5; i++) {
                query.setString(i, value);
            }
            try (ResultSet row = query.executeQuery()) {
                boolean there = row.next() && row.getBoolean(1);
                if (there == wanted) {
                    return new Fate.Finished(object + (there ? " is there" : " is gone") + ": the statement had ended");
                }
                return new Fate.Again(
                        object + (there ? " is still there" : " is not there") + ": it runs again", List.of());
            }
        }
    }

    private Fate reindex(Phrase phrase) throws SQLException {
        // left-overs are there only where it was CONCURRENTLY, and that may stand among the options, too
        if (phrase.sees("(")) {
            phrase.skipTo(")");
        }
        String kind = phrase.take();
        phrase.skip("CONCURRENTLY");
        String name = phrase.name().map(Name::written).orElse("");
        List<String> before = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(SqlResource.CUT_OFF_REINDEX.text())) {
            query.setString(1, kind);
            query.setString(2, name);
            query.setString(3, name);
            query.setString(4, name);
            query.setString(5, name);
            query.setString(6, name);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String index = row.getString("name");
                    int builder = row.getInt("builder");
                    if (builder > 0) {
                        return CutOffIndex.busy(index, builder);
                    }
                    names.add(index);
                    before.add("DROP INDEX CONCURRENTLY IF EXISTS " + index);
                }
            }
        }
        return !Words.of(text.toUpperCase(Locale.ROOT)).contains("CONCURRENTLY") || names.isEmpty()
                ? twice()
                : new Fate.Again(
                        "it left " + String.join(", ", names) + " invalid: dropped, and it runs again", before);
    }

    /** A publication cannot be added where it is, nor dropped where it is not; all else may run twice. */
    private Fate publication(Phrase phrase) throws SQLException {
        Optional<Name> subscription = phrase.name();
        boolean adds = phrase.skip("ADD", "PUBLICATION");
        if (subscription.isEmpty() || !adds && !phrase.skip("DROP", "PUBLICATION")) {
            return twice();
        }
        // all of them or none
        Optional<Name> first = phrase.name();
        if (first.isEmpty()) {
            return unknown();
        }
        try (PreparedStatement query = connection.prepareStatement(SqlResource.CUT_OFF_PUBLICATION.text())) {
            query.setString(1, first.get().value());
            query.setString(2, subscription.get().value());
            try (ResultSet row = query.executeQuery()) {
                boolean there = row.next() && row.getBoolean(1);
                String seen = "subscription " + subscription.get().written() + (there ? " has" : " does not have")
                        + " publication " + first.get().written();
                return there == adds
                        ? new Fate.Finished(seen + ": the statement had ended")
                        : new Fate.Again(seen + ": it runs again", List.of());
            }
        }
    }

    private Fate detach(Phrase phrase) throws SQLException {
        phrase.skip("IF", "EXISTS");
        phrase.skip("ONLY");
        Optional<Name> parent = phrase.name();
        Optional<Name> part = phrase.skip("DETACH", "PARTITION") ? phrase.name() : Optional.empty();
        if (parent.isEmpty() || part.isEmpty()) {
            return unknown();
        }
        try (PreparedStatement query = connection.prepareStatement(SqlResource.CUT_OFF_DETACH.text())) {
            query.setString(1, part.get().written());
            query.setString(2, part.get().written());
            query.setString(3, parent.get().written());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                if (row.getBoolean("pending")) {
                    return new Fate.Ended(
                            part.get().written() + " was half detached from "
                                    + parent.get().written() + ": finished with DETACH PARTITION FINALIZE",
                            "ALTER TABLE " + parent.get().written() + " DETACH PARTITION "
                                    + part.get().written() + " FINALIZE");
                }
                if (row.getBoolean("attached") || !row.getBoolean("there")) {
                    return new Fate.Again(AGAIN, List.of());
                }
                return new Fate.Finished(part.get().written() + " is no partition of "
                        + parent.get().written() + " any more: the statement had ended");
            }
        }
    }
}
