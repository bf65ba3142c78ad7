package app.trackpay.gate;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.GrantEra;
import app.trackpay.database.container.ContainerEngine;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;

/** A rehearsal in a container on a machine that has no engine, by what its environment says. */
final class NoContainerEngine {

    private static final String PLACES =
            "META-INF/services/org.testcontainers.dockerclient.DockerClientProviderStrategy";

    private NoContainerEngine() {}

    public static void main(String[] arguments) {
        Thread.currentThread().setContextClassLoader(new EnvironmentAlone());
        try {
            new ContainerEngine("postgres:15", line -> {}).start(GrantEra.NEW).close();
            System.out.println("a container was started");
        } catch (CouldNotRunException e) {
            System.out.println(e.getMessage());
        }
    }

    /** Testcontainers looks where engines usually are as well, and this machine may have one there. */
    private static final class EnvironmentAlone extends ClassLoader {

        private EnvironmentAlone() {
            super(NoContainerEngine.class.getClassLoader());
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals(PLACES)
                    ? Collections.enumeration(
                            List.of(Objects.requireNonNull(NoContainerEngine.class.getResource("environment-alone"))))
                    : super.getResources(name);
        }
    }
}
