package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.plan.ReferenceSet;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Writes the reference TrackPay set, plan, ten SQL files, fixtures and manifest, as a start for a plan of your own. It never overwrites a file.
 *
 * @since 0.1.0
 */
@Mojo(name = "init", requiresProject = false, threadSafe = true)
public final class InitMojo extends TrackpayMojo {

    @Override
    void run() throws CouldNotRunException {
        List<Path> files = ReferenceSet.write(directory());
        files.forEach(file -> output().info("wrote " + file.getFileName()));
        output().info(files.size() + " files in " + directory() + "; next: mvn " + command("apply") + " "
                + command("health"));
    }
}
