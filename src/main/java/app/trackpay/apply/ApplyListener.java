package app.trackpay.apply;

/** Whoever shows how it goes. Called on the applying thread, in the order in which things happen. */
public interface ApplyListener {

    /** A rehearsal starts from an earlier one of the same files; none of the steps runs again. */
    default void unchanged(int steps) {}

    /** A step or section is applied: its transaction is committed, where it has one of its own. */
    default void done(Progress progress) {}

    /** A statement of a step answered rows. */
    default void table(ResultTable table) {}

    /** The server has something to say. */
    default void notice(Notice notice) {}

    /** The file has something to say: psql's {@code \echo}, a line of COPY ... TO STDOUT. */
    default void echo(String line) {}

    /** How a file is taken, where its writer may not expect it. */
    default void note(String line) {}

    /** What became of a statement that an earlier run began outside a transaction and did not see end. */
    default void recognised(String line) {}

    /** Something of somebody else's stands in the way: another applier, said once for each of them; a lock, said before each new try. */
    default void waiting(String line) {}
}
