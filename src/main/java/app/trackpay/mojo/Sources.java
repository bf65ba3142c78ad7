package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.Password;
import app.trackpay.database.PostgresRelease;
import app.trackpay.database.RehearsalEngine;
import app.trackpay.database.ServerEntry;
import app.trackpay.database.container.ContainerEngine;
import app.trackpay.database.embedded.CacheFolder;
import app.trackpay.database.embedded.EmbeddedEngine;
import app.trackpay.database.scratch.ScratchEngine;
import app.trackpay.report.Output;
import app.trackpay.report.Redactor;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.eclipse.aether.RepositorySystem;

/** Opens what a goal looks at, with what Maven knows: settings.xml, the local repository, the environment. */
record Sources(
        Invocation invocation,
        RepositorySystem repositories,
        SettingsDecrypter decrypter,
        Output output,
        Redactor redactor) {

    /**
     * The live database a URL names.
     *
     * @param serverId the server of settings.xml that logs in
     * @param changes whether the goal changes it
     */
    Source live(UrlSetting setting, Optional<String> serverId, boolean changes) throws CouldNotRunException {
        DatabaseUrl address = DatabaseUrl.parse(setting.text(), System.getenv());
        hide(address.password(), address.user(), address);
        if (setting.inPom() && address.password().isPresent()) {
            throw new CouldNotRunException("The password stands in " + setting.origin()
                    + ", and Maven prints what stands in a pom (mvn -X). Take"
                    + " it out: put the whole URL into the environment variable TRACKPAY_DB_URL and leave <url> away, or"
                    + " keep the URL and give the password by PGPASSWORD, ~/.pgpass or <serverId>.");
        }
        Optional<ServerEntry> entry =
                serverId.isPresent() ? Optional.of(serverEntry(serverId.get())) : Optional.empty();
        Login login = Login.choose(address, entry, System.getenv());
        hide(login.password(), Optional.of(login.user()), address);
        output.info("LIVE: connecting to " + address + " as " + login.user() + " (" + login.source() + ")");
        return new Source.Live(
                changes ? LiveDatabase.openForChanges(address, login) : LiveDatabase.open(address, login));
    }

    /** Where a rehearsal runs. */
    RehearsalEngine engine(RehearsalSetting setting, PostgresRelease release) throws CouldNotRunException {
        if (setting instanceof RehearsalSetting.Container container) {
            return new ContainerEngine(container.image().orElse("postgres:" + release.major()), output::info);
        }
        return setting instanceof RehearsalSetting.Scratch scratch ? scratch(scratch) : embedded(release);
    }

    private RehearsalEngine embedded(PostgresRelease release) {
        ResolvedArchives archives = new ResolvedArchives(
                repositories,
                invocation.session().getRepositorySession(),
                invocation.project().getRemotePluginRepositories());
        Path cache = CacheFolder.locate(
                System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
        return new EmbeddedEngine(release, archives, cache, output::info);
    }

    private RehearsalEngine scratch(RehearsalSetting.Scratch setting) throws CouldNotRunException {
        DatabaseUrl address = DatabaseUrl.parse(setting.url(), System.getenv());
        hide(address.password(), address.user(), address);
        if (!setting.typed() && address.password().isPresent()) {
            throw new CouldNotRunException(
                    "A password stands in trackpay.rehearsal in the pom, and Maven prints what stands"
                            + " in a pom (mvn -X). Take it out, and give it by ~/.pgpass or PGPASSWORD; or give the whole URL with -D.");
        }
        // PGPASSWORD may be for the live database of the same command
        Login login = address.password().isPresent()
                ? new Login(
                        address.user().orElseGet(() -> System.getProperty("user.name")),
                        address.password(),
                        "password from trackpay.rehearsal")
                : Login.choose(address, Optional.empty(), System.getenv());
        hide(login.password(), Optional.of(login.user()), address);
        return new ScratchEngine(address, login, output::info);
    }

    private void hide(Optional<Password> password, Optional<String> user, DatabaseUrl address) {
        password.map(Password::value).ifPresent(secret -> {
            if (Stream.of(user, address.database())
                    .anyMatch(name -> name.filter(secret::equals).isPresent())) {
                redactor.hidePasswordOnly(secret);
            } else {
                redactor.hide(secret);
            }
        });
    }

    private ServerEntry serverEntry(String id) throws CouldNotRunException {
        Server server = invocation.session().getSettings().getServer(id);
        if (server == null) {
            throw new CouldNotRunException("settings.xml has no <server> with the id " + id
                    + ", which trackpay.serverId names. Add it there, with <username> and <password>.");
        }
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
        Optional<SettingsProblem> problem = result.getProblems().stream()
                .filter(p -> p.getSeverity() != SettingsProblem.Severity.WARNING)
                .findFirst();
        if (problem.isPresent()) {
            throw new CouldNotRunException("The password of server " + id + " in settings.xml cannot be decrypted: "
                    + String.valueOf(problem.get().getMessage()).replaceFirst("\\.+$", "")
                    + ". Look for the master password in ~/.m2/settings-security.xml, or"
                    + " encrypt the password again with mvn --encrypt-password.");
        }
        Server open = result.getServer();
        return new ServerEntry(
                id,
                Optional.ofNullable(open.getUsername()),
                Optional.ofNullable(open.getPassword()).map(Password::new));
    }
}
