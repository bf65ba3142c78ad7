package app.trackpay.catalog.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.catalog.expression.Expression.Unknown;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TreeReaderTest {

    private static final TreeReader READER =
            new TreeReader(new Names(Map.of(), Map.of(), Map.of(), Map.of(), Map.of()));

    @Test
    void wordsListsAndBytesAreTakenApart() {
        Node node = NodeText.read(
                "{X :a one :b (i 1 2) :c <> :d \"with\\ blank\\)\" :e 2 [ 65 -1 ] :f {Y} :g \\<> :h :odd :i (\"a\" \"b\")}");

        assertThat(node.field("a").text()).isEqualTo("one");
        assertThat(node.field("b").elements().stream().map(Node::text)).containsExactly("1", "2");
        assertThat(node.field("c").isEmpty()).isTrue();
        assertThat(node.field("d").text()).isEqualTo("with blank)");
        assertThat(((Node.Datum) node.field("e")).bytes()).containsExactly(65, -1);
        assertThat(node.field("f")).isEqualTo(new Node.Struct("Y", Map.of()));
        assertThat(node.field("g").text()).isEqualTo("<>");
        assertThat(node.field("h").text()).isEqualTo(":odd");
        assertThat(node.field("i").elements().stream().map(Node::text)).containsExactly("a", "b");
        assertThat(node.field("none").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{X :a", "{X :a 1", "(1 2", ")", "{X a}", "{X} {Y}", "{X :a 1 [ 2"})
    void aTextThatIsNoTreeIsRefused(String text) {
        assertThatThrownBy(() -> NodeText.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{NODEOFTHEFUTURE :x 1}",
                "{FUNCEXPR :funcid 1 :args <>}",
                "{OPEXPR :opno 1 :args <>}",
                "{VAR :varno 7 :varattno 1 :varlevelsup 0}",
                "{VAR :varno 1 :varattno 1 :varlevelsup 9}",
                "{PARAM :paramkind 2 :paramid 1}",
                "{CASETESTEXPR :typeId 25}",
                "{BOOLEXPR :boolop xor :args <>}",
                "<>",
                "not a tree at all"
            })
    void whatIsNotUnderstoodIsSaidToBeUnknown(String tree) {
        assertThat(READER.condition(tree, 1)).isInstanceOf(Unknown.class);
    }

    @Test
    void aQueryThatCannotBeReadIsNotAnEmptyOne() {
        List<Query> queries = READER.queries(
                "({QUERY :commandType 1 :rtable <> :jointree {FROMEXPR :fromlist ({RANGETBLREF :rtindex 3})}})");

        assertThat(queries).hasSize(1);
        assertThat(queries.get(0).expressions()).hasSize(1).allMatch(Unknown.class::isInstance);
    }
}
