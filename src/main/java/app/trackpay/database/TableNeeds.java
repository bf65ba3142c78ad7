package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.QualifiedName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables and everything of a database that they cannot be made without: the functions of their triggers, defaults and constraints, the types
 * of their columns, their sequences.
 *
 * @param objects of every kind, the tables among them
 */
public record TableNeeds(List<Needed> objects) {

    /**
     * One object.
     *
     * @param catalog the OID of the catalog that it is a row of
     * @param oid its own
     * @param kind as PostgreSQL calls it: {@code table}, {@code function}, {@code type}, {@code table constraint} ...
     * @param identity as PostgreSQL writes it, e.g. {@code public.touch_updated_at()}
     */
    public record Needed(long catalog, long oid, String kind, QualifiedName name, String identity) {}

    public TableNeeds {
        objects = List.copyOf(objects);
    }

    /**
     * Reads what tables need.
     *
     * @param tables those that are not there are left out of the answer
     * @throws CouldNotRunException when the server refuses
     */
    public static TableNeeds of(Database database, List<QualifiedName> tables) throws CouldNotRunException {
        try (Connection connection = database.connect()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (PreparedStatement query = connection.prepareStatement(sql())) {
                query.setString(1, ArrayLiteral.write(CatalogScope.USER_SCHEMAS.without()));
                query.setString(
                        2,
                        ArrayLiteral.write(
                                tables.stream().map(QualifiedName::schema).toList()));
                query.setString(
                        3,
                        ArrayLiteral.write(
                                tables.stream().map(QualifiedName::name).toList()));
                try (ResultSet row = query.executeQuery()) {
                    List<Needed> objects = new ArrayList<>();
                    while (row.next()) {
                        objects.add(new Needed(
                                row.getLong("class"),
                                row.getLong("object"),
                                row.getString("kind"),
                                new QualifiedName(row.getString("schema"), row.getString("name")),
                                row.getString("identity")));
                    }
                    return new TableNeeds(objects);
                }
            }
        } catch (SQLException e) {
            throw new CouldNotRunException("What the tables need could not be read: " + e.getMessage(), e);
        }
    }

    /** The objects of a kind. */
    public List<Needed> of(String kind) {
        return objects.stream().filter(object -> object.kind().equals(kind)).toList();
    }

    private static String sql() {
        try (InputStream in = TableNeeds.class.getResourceAsStream("export/needs.sql")) {
            if (in == null) {
                throw new IllegalStateException("export/needs.sql is missing from the plugin");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
