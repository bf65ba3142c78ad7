package app.trackpay.gate;

import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.GrantEra;
import app.trackpay.database.Login;
import app.trackpay.database.RehearsalServer;
import app.trackpay.database.scratch.ScratchEngine;
import java.util.Map;
import java.util.Optional;

/** A build that is stopped while its rehearsal runs: the URL of the server is its only argument. */
final class HeldOnScratchServer {

    private HeldOnScratchServer() {}

    public static void main(String[] arguments) throws Exception {
        DatabaseUrl url = DatabaseUrl.parse(arguments[0]);
        Login login = Login.choose(url, Optional.empty(), Map.of());
        try (RehearsalServer server = new ScratchEngine(url, login, line -> {}).start(GrantEra.NEW)) {
            System.out.println("holding " + server.target().database());
            Thread.sleep(600_000);
        }
    }
}
