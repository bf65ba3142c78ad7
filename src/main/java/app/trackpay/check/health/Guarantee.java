package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Index;
import app.trackpay.plan.ProvidedUnique;
import java.util.Optional;
import java.util.Set;

/** What makes a declared combination of columns unique, whatever its name. */
final class Guarantee {

    private Guarantee() {}

    /** An index that enforces it; the order of the columns does not matter to uniqueness. */
    static Optional<Index> of(ProvidedUnique declared, Catalog catalog) {
        return catalog.indexes().stream()
                .filter(i -> isOn(declared, i))
                .filter(i -> i.unique() && i.valid() && i.predicate().isEmpty())
                .findFirst();
    }

    static boolean isOn(ProvidedUnique declared, Index index) {
        return index.table().equals(declared.on()) && Set.copyOf(index.keys()).equals(Set.copyOf(declared.columns()));
    }
}
