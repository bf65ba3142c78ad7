package app.trackpay.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The queries of one reading, in the order they are sent. Each is a resource of its name. */
enum CatalogQuery {
    SCOPE("scope"),
    SERVER("server"),
    EXTENSIONS("extensions"),
    SCHEMAS("schemas"),
    RELATIONS("relations"),
    COLUMNS("columns"),
    CONSTRAINTS("constraints"),
    INDEXES("indexes"),
    POLICIES("policies"),
    ROUTINES("routines"),
    TRIGGERS("triggers"),
    RULES("rules"),
    SEQUENCES("sequences"),
    TYPES("types"),
    PUBLICATIONS("publications"),
    PUBLISHED_SCHEMAS("published-schemas"),
    PUBLISHED_TABLES("published-tables"),
    DEFAULT_PRIVILEGES("default-privileges"),
    ROLES("roles"),
    MEMBERSHIPS("memberships");

    private final String resource;

    CatalogQuery(String resource) {
        this.resource = resource;
    }

    /** The query as a server of this major version understands it. */
    String sql(int major) {
        boolean lacksIt = major < 15 && (this == PUBLISHED_SCHEMAS || this == PUBLISHED_TABLES);
        return resource(lacksIt ? resource + "-14" : resource);
    }

    /** What makes the answers independent of the session that asks. */
    static String settings() {
        return resource("settings");
    }

    /** The query of {@link ExpressionReader}, which reads more than every goal needs. */
    static String expressions() {
        return resource("expressions");
    }

    private static String resource(String name) {
        String path = "catalog/" + name + ".sql";
        try (InputStream in = CatalogQuery.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing from the plugin");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
