package app.trackpay.database.embedded;

import java.nio.file.Path;

/**
 * A PostgreSQL server on this disk.
 *
 * @param bin the folder with initdb and postgres
 * @param identity changes with the server's version and origin; fit to be part of a file's name
 * @param version as PostgreSQL says it, such as 17.11
 * @param cached whether it was unpacked by this plugin, and can be unpacked again
 */
record ServerBinaries(Path bin, String identity, String version, boolean cached) {

    String program(String name) {
        return bin.resolve(name).toString();
    }
}
