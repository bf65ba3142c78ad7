package app.trackpay.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.FileFindings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliMigrationsTest {

    @TempDir
    Path folder;

    @Test
    void aFolderWithoutAPlanIsReadInTheOrderOfItsNames() throws Exception {
        for (String name : new String[] {
            "20240202000000_add_orders.sql",
            "20240101000000_init.sql",
            "seed.sql",
            "README.md",
            ".hidden.sql",
            "rls-fixtures.sql"
        }) {
            write(name);
        }
        Files.createDirectory(folder.resolve("0001_folder.sql"));

        Plan plan = PlanReader.read(folder);

        assertThat(plan.declares()).isFalse();
        assertThat(plan.steps())
                .extracting(Step::id, Step::name, Step::purpose)
                .containsExactly(
                        tuple("20240101000000", "20240101000000_init.sql", "init"),
                        tuple("20240202000000", "20240202000000_add_orders.sql", "add orders"),
                        tuple("seed", "seed.sql", ""));
        assertThat(plan.steps()).allSatisfy(step -> assertThat(step.provides()).isEqualTo(Provides.NOTHING));
        assertThat(plan.fixtures()).contains(folder.resolve("rls-fixtures.sql"));
        assertThat(FileFindings.of(plan)).isEmpty();
    }

    @Test
    void twoMigrationsOfOneVersionAreRefused() throws Exception {
        write("0001_a.sql");
        write("0001_b.sql");

        assertThatThrownBy(() -> PlanReader.read(folder))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessage("0001_a.sql and 0001_b.sql in " + folder
                        + " have the same version 0001, which must tell migrations apart; rename one of them");
    }

    @Test
    void aFolderWithoutSqlIsNoPlan() {
        assertThatThrownBy(() -> PlanReader.read(folder))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageStartingWith(folder + ": there is neither a trackpay.yaml nor any .sql file in this folder");
    }

    private void write(String name) throws IOException {
        Files.writeString(folder.resolve(name), "SELECT 1;");
    }
}
