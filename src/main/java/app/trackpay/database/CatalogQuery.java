package app.trackpay.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * The queries of one reading, in the order they are sent. Each is a resource of its name. Columns come before the keys that know them by
 * number; and short answers come last, so that little is left to do when the server is done.
 */
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
    MEMBERSHIPS("memberships"),
    /** The trees behind policies, views and functions: more than most goals need. */
    EXPRESSIONS("expressions");

    /** All but the trees. */
    static final Set<CatalogQuery> PLAIN = EnumSet.complementOf(EnumSet.of(EXPRESSIONS));

    static final Set<CatalogQuery> ALL = EnumSet.allOf(CatalogQuery.class);

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
