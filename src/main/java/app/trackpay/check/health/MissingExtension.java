package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Sql;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Provides;
import java.util.stream.Stream;

/** An extension that a step provides is not installed. */
public final class MissingExtension implements Check {

    @Override
    public String id() {
        return "missing-extension";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return new Contract(plan, catalog)
                .once(Provides::extensions).stream()
                        .filter(e -> catalog.extension(e.what()).isEmpty())
                        .map(e -> finding(e, catalog));
    }

    /** The platform keeps extensions in a schema of their own, out of the reach of the API. */
    private static String place(Catalog catalog) {
        return catalog.schemas().stream().anyMatch(schema -> schema.name().equals("extensions"))
                ? " SCHEMA extensions"
                : "";
    }

    private Finding finding(Declared<String> extension, Catalog catalog) {
        String name = extension.what();
        return Missing.of(
                        id(),
                        "extension " + name,
                        extension.step(),
                        "the extension " + name
                                + " is not installed in this database: whatever calls its functions or reads its"
                                + " views fails, though the server may well have it on offer")
                .repairedBy("CREATE EXTENSION IF NOT EXISTS " + Identifier.quote(name) + place(catalog) + ";")
                .shownBy("SELECT e.name AS extension, a.installed_version, a.default_version AS on_offer FROM (VALUES ("
                        + Sql.literal(name)
                        + ")) AS e (name) LEFT JOIN pg_catalog.pg_available_extensions a ON a.name = e.name;");
    }
}
