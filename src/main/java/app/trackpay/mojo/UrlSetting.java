package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * Where a database URL was named. Maven hands an empty or unresolved parameter to a goal as if it had never been configured; a gate that took
 * that for a rehearsal would be green without having looked at the database.
 *
 * @param text the URL
 * @param origin what the user wrote it in
 * @param inPom written in a pom, whose parameters Maven prints with -X, so that it must not carry a password
 */
record UrlSetting(String text, String origin, boolean inPom) {

    private static final String PROPERTY = "trackpay.url";
    private static final String ENVIRONMENT = "TRACKPAY_DB_URL";

    /**
     * The URL a user named, empty when there is none anywhere.
     *
     * @param execution the goal's
     * @param project the pom
     * @param evaluated the parameter as Maven evaluated it
     * @param commandLine Maven's user properties
     * @param environment the process environment
     * @throws CouldNotRunException when a URL is named but empty or unresolved, or when two are named
     */
    static Optional<UrlSetting> of(
            MojoExecution execution,
            MavenProject project,
            @Nullable String evaluated,
            Properties commandLine,
            Map<String, String> environment)
            throws CouldNotRunException {
        List<UrlSetting> named = Stream.of(
                        inPom(execution, project, evaluated),
                        named(commandLine.getProperty(PROPERTY), "-D" + PROPERTY, false),
                        named(
                                project.getProperties().getProperty(PROPERTY),
                                "the property " + PROPERTY + " in the pom",
                                true),
                        named(environment.get(ENVIRONMENT), "the environment variable " + ENVIRONMENT, false))
                .flatMap(Optional::stream)
                .toList();
        for (UrlSetting setting : named) {
            setting.refuseHollow();
        }
        if (named.size() > 1) {
            throw new CouldNotRunException("Two database URLs are named, by "
                    + named.stream().map(UrlSetting::origin).collect(Collectors.joining(" and by "))
                    + ". Which one is meant is not to be guessed: keep one.");
        }
        return named.stream().findFirst();
    }

    /** From the pom itself: in the execution's merged configuration an empty element has already given way to the default. */
    private static Optional<UrlSetting> inPom(
            MojoExecution execution, MavenProject project, @Nullable String evaluated) {
        @Nullable Plugin plugin = project.getPlugin(execution.getPlugin().getKey());
        if (plugin == null) {
            return Optional.empty();
        }
        return Stream.of(plugin.getExecutionsAsMap().get(execution.getExecutionId()), plugin)
                .filter(Objects::nonNull)
                .map(ConfigurationContainer::getConfiguration)
                .flatMap(written -> written instanceof Xpp3Dom dom ? Stream.of(dom.getChildren("url")) : Stream.empty())
                .findFirst()
                .map(url -> Optional.ofNullable(url.getValue()).orElse(""))
                .flatMap(written -> named(
                        written.isBlank() || evaluated == null || evaluated.isEmpty() ? written : evaluated,
                        "<url> in the pom",
                        true));
    }

    private static Optional<UrlSetting> named(@Nullable String text, String origin, boolean inPom) {
        return Optional.ofNullable(text).map(url -> new UrlSetting(url.strip(), origin, inPom));
    }

    private void refuseHollow() throws CouldNotRunException {
        if (text.isEmpty()) {
            throw new CouldNotRunException(
                    "The database URL is empty: " + origin
                            + " is set to nothing, as an unset secret in CI does. Give it a value; or take it away altogether for a rehearsal.");
        }
        if (text.contains("${")) {
            throw new CouldNotRunException("The database URL is not resolved: " + origin + " reads " + text
                    + ", and nothing defines that. Set it; or take the URL away altogether for a rehearsal.");
        }
    }
}
