package app.trackpay.manifest;

import java.util.List;
import java.util.Set;

/** The options of a view, as {@code name=value}. */
final class ViewOptions {

    private static final Set<String> TRUE = Set.of("true", "on", "1", "yes");

    private ViewOptions() {}

    /** Whether a view looks at its tables with the rights of whoever asks. */
    static boolean isInvoker(Entry view) {
        return view.attribute("options").map(Value::lines).orElse(List.of()).stream()
                .filter(option -> option.startsWith("security_invoker="))
                .anyMatch(option -> TRUE.contains(option.substring(option.indexOf('=') + 1)));
    }
}
