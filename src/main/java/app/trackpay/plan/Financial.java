package app.trackpay.plan;

import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.QualifiedName;
import java.util.List;

/** The tables whose rows are money, and the foreign keys that may cascade all the same. */
public record Financial(List<QualifiedName> tables, List<Exemption> exceptions) {

    /** No table is money. */
    public static final Financial NOTHING = new Financial(List.of(), List.of());

    /**
     * @param foreignKey the referencing column
     * @param reason why deleting along is right here
     */
    public record Exemption(ColumnName foreignKey, String reason) {}
}
