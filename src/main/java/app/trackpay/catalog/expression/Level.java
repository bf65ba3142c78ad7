package app.trackpay.catalog.expression;

import app.trackpay.catalog.expression.Query.Common;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One query that is being read: what its columns can mean. The queries around it are reached through {@link #out}.
 *
 * @param depth 0 for the outermost
 * @param rangeTable what it reads, as the tree numbers it from 1
 */
record Level(
        int depth,
        List<Node> rangeTable,
        List<Node> withList,
        Optional<Level> outer,
        Map<Integer, Query> nested,
        Map<String, Query> with,
        Set<String> open) {

    static Level of(List<Node> rangeTable, List<Node> withList, Optional<Level> outer) {
        return new Level(
                outer.map(level -> level.depth() + 1).orElse(0),
                rangeTable,
                withList,
                outer,
                new HashMap<>(),
                new HashMap<>(),
                new HashSet<>());
    }

    Level out(long levels) {
        Level level = this;
        for (long i = 0; i < levels; i++) {
            level = level.outer()
                    .orElseThrow(() -> new IllegalArgumentException("a column of a query that is not there"));
        }
        return level;
    }

    Node entry(long number) {
        return rangeTable.get((int) number - 1);
    }

    /** The WITH queries read so far, in the order of the statement. */
    List<Common> common() {
        List<Common> common = new ArrayList<>();
        for (Node query : withList) {
            String name = query.field("ctename").text();
            Query read = with.get(name);
            if (read != null) {
                common.add(new Common(name, read));
            }
        }
        return List.copyOf(common);
    }
}
