package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.Database;
import app.trackpay.database.GrantEra;
import app.trackpay.database.RehearsalEngine;
import app.trackpay.database.RehearsalServer;
import app.trackpay.database.Target;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Step;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A throw-away server as a database to work on, logged in as the role that runs migrations. */
public final class Rehearsal implements Database {

    private final RehearsalServer server;

    private Rehearsal(RehearsalServer server) {
        this.server = server;
    }

    /** The platform, and nothing of any plan. */
    public static Rehearsal empty(RehearsalEngine engine, GrantEra era) throws CouldNotRunException {
        return new Rehearsal(engine.start(era));
    }

    /**
     * The platform with a plan applied: as an earlier rehearsal of the same files left it, or made now and kept for the next.
     *
     * @throws RehearsalFailedException when a step of the plan fails
     * @throws CouldNotRunException when there is no server to be had, or a file cannot be read
     */
    public static Rehearsal migrated(
            RehearsalEngine engine, GrantEra era, Plan plan, ApplyOptions options, ApplyListener listener)
            throws CouldNotRunException, RehearsalFailedException {
        List<Unit> units = Units.of(plan);
        Optional<? extends RehearsalServer> kept = engine.startMigrated(era, key(units, options));
        if (kept.isPresent()) {
            listener.unchanged(plan.steps().size());
            return new Rehearsal(kept.get());
        }
        Rehearsal rehearsal = empty(engine, era);
        boolean migrated = false;
        try {
            // the goal that asked says what is missing, in the words of its checks, with a kept cluster and with a
            // fresh one
            Outcome outcome = new Applier(rehearsal, options.unverified(), listener).apply(plan, units);
            if (outcome instanceof Outcome.Failed failed) {
                throw new RehearsalFailedException(failed.failure());
            }
            rehearsal.server.keepOnClose(key(units, options));
            migrated = true;
            return rehearsal;
        } finally {
            if (!migrated) {
                rehearsal.close();
            }
        }
    }

    /** Keeps what the server holds for the next rehearsal of the same files. */
    public void keep(Outcome.Applied applied, ApplyOptions options) {
        server.keepOnClose(key(applied.ran(), options));
    }

    @Override
    public Target target() {
        return server.target();
    }

    @Override
    public Connection connect() throws CouldNotRunException {
        return server.connect();
    }

    @Override
    public void close() {
        server.close();
    }

    /** What ran, as it was read, and who ran it: the same key, the same cluster. */
    private static String key(List<Unit> units, ApplyOptions options) {
        Map<Step, String> texts = new LinkedHashMap<>();
        units.forEach(unit -> texts.put(unit.step(), unit.script().source().text()));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(options.pluginVersion().getBytes(StandardCharsets.UTF_8));
            texts.forEach((step, text) -> {
                String one =
                        step.id() + '\0' + step.name() + '\0' + step.sections() + '\0' + text.length() + '\0' + text;
                digest.update(one.getBytes(StandardCharsets.UTF_8));
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
