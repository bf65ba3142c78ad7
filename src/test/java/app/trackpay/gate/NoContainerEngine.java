package app.trackpay.gate;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.GrantEra;
import app.trackpay.database.container.ContainerEngine;

/** A rehearsal in a container on a machine that has no engine, by what its environment says. */
final class NoContainerEngine {

    private NoContainerEngine() {}

    public static void main(String[] arguments) {
        try {
            new ContainerEngine("postgres:15", line -> {}).start(GrantEra.NEW).close();
            System.out.println("a container was started");
        } catch (CouldNotRunException e) {
            System.out.println(e.getMessage());
        }
    }
}
