package app.trackpay.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Views as statements. */
final class ViewSql {

    private static final String DEFAULT_OF = "default of ";

    private ViewSql() {}

    static String create(Entry view) {
        return "CREATE OR REPLACE VIEW " + view.object().name() + Options.with(view.attribute("options")) + " AS\n"
                + view.text("definition").replaceFirst(";$", "");
    }

    /** A materialized view would have to be made anew: not with a statement that is safe while somebody reads it. */
    static Optional<List<String>> alter(Difference.Changed changed, List<Change> changes) {
        boolean view = changed.object().kind() == Kind.VIEW;
        String alter = "ALTER " + (view ? "VIEW " : "MATERIALIZED VIEW ")
                + changed.object().name() + " ";
        List<String> statements = new ArrayList<>();
        for (Change change : changes) {
            if (change.attribute().equals("options")) {
                Options.alter(change).forEach(clause -> statements.add(alter + clause));
            } else if (change.attribute().equals("definition") && view) {
                statements.add(0, create(changed.expected()));
            } else if (change.attribute().startsWith(DEFAULT_OF)) {
                statements.add(alter + "ALTER COLUMN " + change.attribute().substring(DEFAULT_OF.length())
                        + change.expected()
                                .map(value -> " SET DEFAULT " + value)
                                .orElse(" DROP DEFAULT"));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(statements);
    }
}
