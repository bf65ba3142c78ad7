package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Routine;
import app.trackpay.plan.ProvidedFunction;
import java.util.List;
import java.util.Optional;

/** Which stored routine a declared function is: its overloads are told apart by argument types. */
public final class Signatures {

    private Signatures() {}

    /** The routine of a declaration, where there is one. */
    public static Optional<Routine> find(ProvidedFunction declared, Catalog catalog) {
        return catalog.routines().stream()
                .filter(r -> r.name().equals(declared.name()))
                .filter(r -> sameTypes(declared.argumentTypes(), r.argumentTypes()))
                .findFirst();
    }

    private static boolean sameTypes(List<String> written, List<String> stored) {
        if (written.size() != stored.size()) {
            return false;
        }
        for (int i = 0; i < written.size(); i++) {
            if (!SqlType.ofArgument(written.get(i)).matches(SqlType.ofArgument(stored.get(i)))) {
                return false;
            }
        }
        return true;
    }
}
