package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.report.Output;
import app.trackpay.report.Redactor;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What all goals share: where the plan is, whether to run at all, and how a failure reaches Maven. */
abstract class TrackpayMojo extends AbstractMojo {

    /**
     * The folder of the migration set. Default: {@code scripts/prod-migrate} beside the pom that declares the goal. A folder without
     * {@code trackpay.yaml} is read as Supabase CLI migrations.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.directory")
    private @Nullable File directory;

    /**
     * Leaves the goal out.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private @Nullable MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private @Nullable MavenProject project;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private @Nullable MojoExecution execution;

    private final Redactor redactor = new Redactor();

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        String goal = invocation().execution().getGoal();
        if (skip) {
            output().info(goal + " is skipped (trackpay.skip): nothing was proved");
            return;
        }
        if (!invocation().isFirst()) {
            output().info(goal + " runs once in this build, for " + invocation().base());
            return;
        }
        try {
            run();
        } catch (CouldNotRunException e) {
            output().debug(trace(e));
            throw new MojoExecutionException(redactor.clean(String.valueOf(e.getMessage())));
        }
    }

    /**
     * Does what the goal is for.
     *
     * @throws CouldNotRunException when the question could not be asked
     * @throws MojoFailureException when the answer is that something is wrong
     */
    abstract void run() throws CouldNotRunException, MojoFailureException;

    final Path directory() {
        return resolve(directory, "scripts/prod-migrate");
    }

    /** A folder of the user's: as configured, or the default, counted from the declaring pom. */
    final Path resolve(@Nullable File configured, String otherwise) {
        return invocation()
                .base()
                .resolve(Optional.ofNullable(configured).map(File::toPath).orElse(Path.of(otherwise)));
    }

    /** What a user types for a goal here: the prefix is known only where a pom names the plugin. */
    final String command(String goal) {
        Plugin plugin = invocation().execution().getPlugin();
        return invocation().project().getPlugin(plugin.getKey()) == null
                ? plugin.getId() + ":" + goal
                : "trackpay:" + goal;
    }

    final Invocation invocation() {
        return new Invocation(given(session), given(project), given(execution));
    }

    final Redactor redactor() {
        return redactor;
    }

    final Output output() {
        return new MavenOutput(getLog(), redactor);
    }

    /** For {@code mvn -X}; as text, so that it is redacted like every other line. */
    private static String trace(Exception e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static <T> T given(@Nullable T injected) {
        return Optional.ofNullable(injected).orElseThrow(() -> new IllegalStateException("not configured by Maven"));
    }
}
