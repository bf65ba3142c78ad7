package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.Meanwhile;
import app.trackpay.apply.ApplyListener;
import app.trackpay.apply.ApplyOptions;
import app.trackpay.apply.RehearsalFailedException;
import app.trackpay.apply.SqlFailure;
import app.trackpay.apply.Standing;
import app.trackpay.check.FileFindings;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.database.GrantEra;
import app.trackpay.database.PostgresRelease;
import app.trackpay.database.Target;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.report.ConsoleReport;
import app.trackpay.report.JsonReport;
import app.trackpay.report.Verdict;
import java.io.File;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** A goal that looks at a database with a plan in its hand: opens it, has the goal look, tells the verdict. */
abstract class DatabaseMojo extends TrackpayMojo {

    /**
     * The database: {@code postgresql://user@host:port/database} or {@code jdbc:postgresql://...}; also read from the environment variable
     * {@code TRACKPAY_DB_URL}. Without one the goal works on a rehearsal. Keep passwords out of the pom: {@code serverId},
     * {@code PGPASSWORD} and {@code ~/.pgpass} are for them.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.url")
    private @Nullable String url;

    /**
     * The server of settings.xml whose user name and password log in.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.serverId")
    private @Nullable String serverId;

    /**
     * Insists on a live database: without a URL the goal fails instead of working on a rehearsal. A release gate sets it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.live", defaultValue = "false")
    private boolean live;

    /**
     * Where the reports go. Default: {@code target/trackpay} beside the pom that declares the goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.outputDirectory")
    private @Nullable File outputDirectory;

    /**
     * The mildest severity that fails the build: {@code error}, {@code warning} or {@code info}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.failOn", defaultValue = "error")
    private @Nullable String failOn;

    /**
     * The major version of PostgreSQL that a rehearsal runs on, 14 to 18. A scratch server, and an image that is named, have their own.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.postgresVersion", defaultValue = "17")
    private @Nullable String postgresVersion;

    /**
     * What a rehearsal's platform grants to the API roles on new tables: {@code new} (nothing, as on Supabase projects since 2026-05-30) or
     * {@code old} (everything).
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.grants", defaultValue = "new")
    private @Nullable String grants;

    /**
     * What a rehearsal runs on: {@code embedded} (PostgreSQL's own binaries, without Docker or an installed server), {@code container}
     * (needs Testcontainers among the plugin's dependencies and a container engine), or the {@code postgresql://} URL of a scratch server,
     * where a database is made and dropped again.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.rehearsal", defaultValue = "embedded")
    private @Nullable String rehearsal;

    /**
     * The image of a rehearsal in a container: {@code postgres:17}, {@code supabase/postgres:...} or one of your own. Default: that of
     * {@code postgresVersion}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.image")
    private @Nullable String image;

    private final RepositorySystem repositories;
    private final SettingsDecrypter decrypter;

    DatabaseMojo(RepositorySystem repositories, SettingsDecrypter decrypter) {
        this.repositories = repositories;
        this.decrypter = decrypter;
    }

    /**
     * Looks at the database, or does to it what the goal is for.
     *
     * @throws RehearsalFailedException when the plan cannot even be rehearsed
     */
    abstract Answer look(Plan plan, Source source) throws CouldNotRunException, RehearsalFailedException;

    /** Whether the goal changes the database; then plan and folder must agree before it starts. */
    boolean writes() {
        return false;
    }

    /** What the first and the last line name. */
    Target target(Source source) {
        return source.target();
    }

    @Override
    final void run() throws CouldNotRunException, MojoFailureException {
        ConsoleReport console = new ConsoleReport(output());
        Path reports = reports();
        Optional<Target> target = Optional.empty();
        Verdict verdict;
        Path directory = directory();
        Meanwhile<Plan> plan = Meanwhile.begin(() -> PlanReader.read(directory));
        try {
            Severity threshold = threshold();
            try (Source source = source()) {
                target = Optional.of(target(source));
                console.opens(target(source));
                Answer answer = answer(plan.result(), source);
                answer.judgement().notes().forEach(output()::warn);
                // by now a rehearsal knows its server
                target = Optional.of(target(source));
                verdict = Verdict.judged(goal(), target, answer.judgement(), answer.tables(), threshold);
            }
        } catch (CouldNotRunException e) {
            verdict = Verdict.couldNotRun(goal(), target, String.valueOf(e.getMessage()));
            console.closes(verdict, JsonReport.write(verdict, reports, redactor()));
            throw e;
        }
        console.closes(verdict, JsonReport.write(verdict, reports, redactor()));
        switch (verdict.outcome()) {
            case FINDINGS ->
                throw new MojoFailureException(goal() + ": " + verdict.counts() + "; they are listed above");
            case COULD_NOT_RUN ->
                throw new CouldNotRunException(goal() + ": " + verdict.reason().orElse(""));
            case PASS -> {}
        }
    }

    private Answer answer(Plan plan, Source source) throws CouldNotRunException {
        List<Finding> files = files(plan);
        if (files.stream().anyMatch(f -> f.check().equals("missing-file"))) {
            return Answer.of(files);
        }
        if (writes() && !files.isEmpty()) {
            return withheld(plan, source).and(files);
        }
        try {
            return look(plan, source).and(files);
        } catch (RehearsalFailedException e) {
            return failed(e.failure()).and(files);
        }
    }

    /** Nothing runs; what the history would have been a reason for is said all the same. */
    private static Answer withheld(Plan plan, Source source) {
        try {
            Standing standing = source.status(plan);
            return Answer.of(standing.findings()).noting(standing.interruptions());
        } catch (CouldNotRunException e) {
            return Answer.of(List.of()).noting(List.of(String.valueOf(e.getMessage())));
        }
    }

    /** Where plan and folder disagree. */
    List<Finding> files(Plan plan) throws CouldNotRunException {
        return FileFindings.of(plan);
    }

    /** A step that the server refused, shown where it stands in its file. */
    final Answer failed(SqlFailure failure) {
        return Answer.of(List.of(finding(failure)));
    }

    static Finding finding(SqlFailure failure) {
        return new Finding(
                        "step-failed",
                        Severity.ERROR,
                        failure.unit().object(),
                        String.join("\n", failure.lines()),
                        failure.consequence())
                .from(failure.unit().step());
    }

    /** What a migration tells while it runs. */
    final ApplyListener listener() {
        return new ApplyOutput(output());
    }

    /** How steps are run. */
    ApplyOptions options() throws CouldNotRunException {
        return ApplyOptions.standard(invocation().execution().getVersion());
    }

    /** The mildest severity that fails the build. */
    final Severity threshold() throws CouldNotRunException {
        return Choice.of("failOn", failOn, EnumSet.range(Severity.ERROR, Severity.INFO));
    }

    private String goal() {
        return invocation().execution().getGoal();
    }

    private Source source() throws CouldNotRunException {
        Optional<UrlSetting> setting = UrlSetting.of(
                invocation().execution(),
                invocation().project(),
                url,
                invocation().session().getUserProperties(),
                System.getenv());
        if (setting.isPresent()) {
            return sources().live(setting.get(), Optional.ofNullable(serverId), writes());
        }
        if (live) {
            throw new CouldNotRunException(
                    "trackpay.live is set and there is no database URL: set -Dtrackpay.url or the environment"
                            + " variable TRACKPAY_DB_URL. Nothing was looked at.");
        }
        if (serverId != null) {
            throw new CouldNotRunException("trackpay.serverId is " + serverId
                    + " and there is no database URL to log in to: set -Dtrackpay.url or TRACKPAY_DB_URL, or take serverId away for a"
                    + " rehearsal.");
        }
        return throwaway(PostgresRelease.of(Choice.number("postgresVersion", postgresVersion)), Optional.empty());
    }

    /**
     * A rehearsal on the major version of a live database.
     *
     * @throws CouldNotRunException when the database is itself a rehearsal
     */
    final Source rehearsalFor(Target target) throws CouldNotRunException {
        if (target.kind() != Target.Kind.LIVE) {
            throw new CouldNotRunException(
                    "A rehearsal of the plan can only be compared with a live database, and there is no database"
                            + " URL: set -Dtrackpay.url or TRACKPAY_DB_URL, or leave trackpay.manifest out.");
        }
        PostgresRelease release =
                PostgresRelease.of(Choice.number("url", target.server().replaceFirst("\\D.*", "")));
        return throwaway(release, Optional.of(release));
    }

    final Path reports() {
        return resolve(outputDirectory, "target/trackpay");
    }

    private Source throwaway(PostgresRelease release, Optional<PostgresRelease> insists) throws CouldNotRunException {
        RehearsalSetting setting =
                RehearsalSetting.of(rehearsal, image, invocation().session().getUserProperties());
        return new Source.Throwaway(
                sources().engine(setting, release), Choice.of("grants", grants, GrantEra.class), insists);
    }

    private Sources sources() {
        return new Sources(invocation(), repositories, decrypter, output(), redactor());
    }
}
