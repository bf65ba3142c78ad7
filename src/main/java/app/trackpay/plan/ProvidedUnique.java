package app.trackpay.plan;

import app.trackpay.catalog.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A guarantee that no two rows agree in these columns, whatever enforces it.
 *
 * @param name what the step calls the index or constraint
 */
public record ProvidedUnique(QualifiedName on, List<String> columns, Optional<String> name) {}
