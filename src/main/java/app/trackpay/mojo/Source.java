package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Applier;
import app.trackpay.apply.ApplyListener;
import app.trackpay.apply.ApplyOptions;
import app.trackpay.apply.ApplyStatus;
import app.trackpay.apply.Gate;
import app.trackpay.apply.Outcome;
import app.trackpay.apply.Rehearsal;
import app.trackpay.apply.RehearsalFailedException;
import app.trackpay.apply.SecondRun;
import app.trackpay.apply.Standing;
import app.trackpay.database.Database;
import app.trackpay.database.GrantEra;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.PostgresRelease;
import app.trackpay.database.RehearsalEngine;
import app.trackpay.database.Target;
import app.trackpay.plan.Plan;
import java.util.Optional;

/** What a goal looks at: settled before the plan is even read, so that the first line on the screen can say it. */
sealed interface Source extends AutoCloseable {

    Target target();

    /**
     * The database with the plan in it: the live one as it stands, or a rehearsal of the whole plan.
     *
     * @throws RehearsalFailedException when the plan cannot even be rehearsed
     */
    Database migrated(Plan plan, ApplyOptions options, ApplyListener listener)
            throws CouldNotRunException, RehearsalFailedException;

    /**
     * Runs what is pending: on the live database, or on a platform that knows nothing of the plan.
     *
     * @param gate runs it in one transaction, and decides how that ends
     */
    Outcome apply(Plan plan, ApplyOptions options, ApplyListener listener, Optional<? extends Gate> gate)
            throws CouldNotRunException;

    /** How far the database has come with the plan; a throw-away server knows nothing of it. */
    Standing status(Plan plan) throws CouldNotRunException;

    @Override
    void close();

    private static Outcome apply(Applier applier, Plan plan, Optional<? extends Gate> gate)
            throws CouldNotRunException {
        return gate.isPresent() ? applier.apply(plan, gate.get()) : applier.apply(plan);
    }

    /**
     * The live database, for a goal that has nothing to do with a throw-away one.
     *
     * @throws CouldNotRunException on a rehearsal
     */
    LiveDatabase live() throws CouldNotRunException;

    /** A live database. */
    record Live(LiveDatabase database) implements Source {

        @Override
        public Target target() {
            return database.target();
        }

        @Override
        public Database migrated(Plan plan, ApplyOptions options, ApplyListener listener) {
            return database;
        }

        @Override
        public Outcome apply(Plan plan, ApplyOptions options, ApplyListener listener, Optional<? extends Gate> gate)
                throws CouldNotRunException {
            return Source.apply(new Applier(database, options, listener), plan, gate);
        }

        @Override
        public Standing status(Plan plan) throws CouldNotRunException {
            return ApplyStatus.read(plan, database);
        }

        @Override
        public LiveDatabase live() {
            return database;
        }

        @Override
        public void close() {
            database.close();
        }
    }

    /**
     * A throw-away server, not started yet.
     *
     * @param insists on a release: a comparison with another one would find differences that nobody made
     */
    record Throwaway(RehearsalEngine engine, GrantEra era, Optional<PostgresRelease> insists) implements Source {

        @Override
        public Target target() {
            return engine.target();
        }

        @Override
        public Database migrated(Plan plan, ApplyOptions options, ApplyListener listener)
                throws CouldNotRunException, RehearsalFailedException {
            Rehearsal rehearsal = Rehearsal.migrated(engine, era, plan, options, listener);
            String server = rehearsal.target().server();
            if (insists.isPresent() && !server.startsWith(insists.get().major() + ".")) {
                rehearsal.close();
                throw new CouldNotRunException("The rehearsal ran on PostgreSQL " + server + " ("
                        + rehearsal.target().engine() + "), and the live database is a PostgreSQL "
                        + insists.get().major() + ": they cannot be compared. Leave trackpay.rehearsal out, or name a"
                        + " server or an image of that version.");
            }
            return rehearsal;
        }

        @Override
        public Outcome apply(Plan plan, ApplyOptions options, ApplyListener listener, Optional<? extends Gate> gate)
                throws CouldNotRunException {
            try (Rehearsal rehearsal = Rehearsal.empty(engine, era)) {
                Outcome outcome = Source.apply(new Applier(rehearsal, options, listener), plan, gate);
                if (outcome instanceof Outcome.Applied applied) {
                    Outcome.Applied twice = applied.then(SecondRun.of(plan, applied.ran(), rehearsal, options));
                    rehearsal.keep(twice, options);
                    return twice;
                }
                return outcome;
            }
        }

        @Override
        public Standing status(Plan plan) throws CouldNotRunException {
            return ApplyStatus.ofNothing(plan);
        }

        @Override
        public LiveDatabase live() throws CouldNotRunException {
            throw new CouldNotRunException("This goal is for a live database, and there is no database URL: set"
                    + " -Dtrackpay.url or the environment variable TRACKPAY_DB_URL");
        }

        @Override
        public void close() {
            // what was started was closed by whoever asked for it
        }
    }
}
