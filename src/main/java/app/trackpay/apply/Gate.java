package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.Database;

/** Decides whether a plan that ran in one transaction is committed. */
public interface Gate {

    /**
     * Whether it is taken back whatever comes of it. Then what the server refuses inside a transaction is left out, and the locks of each step
     * are looked at; else such a statement is a reason not to begin.
     */
    boolean isDryRun();

    /**
     * Looks at the database before the first step. After a lock timeout the run begins again, and this with it.
     *
     * @param inside the database as the open transaction sees it
     */
    void before(Database inside) throws CouldNotRunException;

    /**
     * Looks at it after the last step.
     *
     * @param inside as above
     * @return whether to commit
     */
    boolean opens(Database inside, Trial trial) throws CouldNotRunException;
}
