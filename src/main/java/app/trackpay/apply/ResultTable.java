package app.trackpay.apply;

import java.util.List;
import java.util.Optional;

/**
 * Rows that a step's statement answered, as text.
 *
 * @param rows the first ones, each as long as {@code columns}; an empty cell is NULL
 * @param total how many there were
 */
public record ResultTable(List<String> columns, List<List<Optional<String>>> rows, int total) {}
