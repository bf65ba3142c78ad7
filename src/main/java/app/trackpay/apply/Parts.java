package app.trackpay.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what a section holds, cut where it must be cut and nowhere else. */
final class Parts {

    private final List<Part> parts = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private final List<Statement> run = new ArrayList<>();

    void add(Statement statement) {
        run.add(statement);
    }

    /** What follows is sent by itself: the server reads a message whole before it runs any of it. */
    void cut() {
        endRun();
    }

    void add(Piece piece) {
        endRun();
        pieces.add(piece);
    }

    void alone(Statement statement) {
        endPart();
        parts.add(new Part(true, List.of(new Piece.Sql(List.of(statement))), Optional.empty()));
    }

    /** The file begins a transaction; what came before it is a part of its own. */
    void begin() {
        endPart();
    }

    /** The file's own transaction is complete. */
    void commit(Part.Own own) {
        endRun();
        parts.add(new Part(false, List.copyOf(pieces), Optional.of(own)));
        pieces.clear();
    }

    /** Everything so far; the next section starts with nothing. */
    List<Part> take() {
        endPart();
        List<Part> taken = List.copyOf(parts);
        parts.clear();
        return taken;
    }

    private void endRun() {
        if (!run.isEmpty()) {
            pieces.add(new Piece.Sql(List.copyOf(run)));
            run.clear();
        }
    }

    private void endPart() {
        endRun();
        if (!pieces.isEmpty()) {
            parts.add(new Part(false, List.copyOf(pieces), Optional.empty()));
            pieces.clear();
        }
    }
}
