package app.trackpay.mojo;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/**
 * One goal's place in a build. Modules inherit an execution from the pom that declares it; there is one migration set, so it runs once, for
 * that pom.
 */
record Invocation(MavenSession session, MavenProject project, MojoExecution execution) {

    /** The folder relative paths count from: that of the pom that declares the execution, or where Maven was started. */
    Path base() {
        return Optional.ofNullable(owner().getBasedir())
                .map(folder -> folder.toPath())
                .orElseGet(() -> Path.of(session.getRequest().getBaseDirectory()))
                .toAbsolutePath()
                .normalize();
    }

    /** Whether this is the first time that the build comes to this execution; true exactly once, whatever runs in parallel. */
    boolean isFirst() {
        String key = "trackpay " + execution.getGoal() + " " + execution.getExecutionId() + " " + base();
        return session.getRepositorySession().getData().set(key, null, Boolean.TRUE);
    }

    private MavenProject owner() {
        if (execution.getSource() == MojoExecution.Source.CLI) {
            return session.getTopLevelProject();
        }
        MavenProject owner = project;
        while (owner.getParent() != null && owner.getParent().getBasedir() != null && declares(owner.getParent())) {
            owner = owner.getParent();
        }
        return owner;
    }

    private boolean declares(MavenProject candidate) {
        Plugin plugin = candidate.getPlugin(execution.getPlugin().getKey());
        return plugin != null && plugin.getExecutionsAsMap().containsKey(execution.getExecutionId());
    }
}
