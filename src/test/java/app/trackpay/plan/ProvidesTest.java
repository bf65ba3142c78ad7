package app.trackpay.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProvidesTest {

    static List<Integer> components() {
        int count = Provides.class.getRecordComponents().length;
        return IntStream.range(0, count).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("components")
    void whatLeavesOneThingIsNotNothing(int component) throws Exception {
        Constructor<?> constructor = Provides.class.getConstructors()[0];
        Object[] lists = new Object[constructor.getParameterCount()];
        Arrays.fill(lists, List.of());
        assertThat(((Provides) constructor.newInstance(lists)).isNothing()).isTrue();
        lists[component] = Collections.singletonList(null);
        assertThat(((Provides) constructor.newInstance(lists)).isNothing()).isFalse();
    }
}
