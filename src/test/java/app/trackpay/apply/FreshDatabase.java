package app.trackpay.apply;

import app.trackpay.database.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Every test has a database of its own and an empty folder for the plan that it applies there. */
abstract class FreshDatabase {

    @TempDir
    Path path;

    TestPostgres.Database database;
    Folder folder;

    @BeforeEach
    final void makeDatabase() {
        database = TestPostgres.fresh();
        folder = new Folder(path, database);
    }

    @AfterEach
    final void dropDatabase() {
        database.close();
    }
}
