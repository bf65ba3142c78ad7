package app.trackpay.plan;

import app.trackpay.CouldNotRunException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the plan of a folder: its {@code trackpay.yaml}, or without one its files the way the Supabase CLI reads migrations. */
public final class PlanReader {

    /** What a plan is called. */
    public static final String FILE = "trackpay.yaml";

    private PlanReader() {}

    /**
     * The plan of a folder. Whether the files of its steps are there is not asked here.
     *
     * @throws CouldNotRunException with every mistake of the plan, each with its place; or because there is no plan to read
     */
    public static Plan read(Path directory) throws CouldNotRunException {
        if (!Files.isDirectory(directory)) {
            throw new CouldNotRunException(directory
                    + (Files.exists(directory) ? " is not a folder" : ": there is no such folder")
                    + ". Name the folder of your migrations with -Dtrackpay.directory=<folder>,"
                    + " or let the goal init write a plan to start from");
        }
        Path file = directory.resolve(FILE);
        if (Files.exists(file)) {
            return new PlanFile(file, StepText.read(file).text()).read();
        }
        Path other = directory.resolve("trackpay.yml");
        if (Files.exists(other)) {
            throw new CouldNotRunException(other + ": a plan must be called " + FILE + "; rename the file");
        }
        return CliMigrations.read(directory);
    }
}
