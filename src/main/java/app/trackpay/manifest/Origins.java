package app.trackpay.manifest;

import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedFunction;
import app.trackpay.plan.ProvidedUnique;
import app.trackpay.plan.Provides;
import app.trackpay.plan.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which step of a plan makes an object: by what it provides, and for what no step names by the table it belongs to. */
final class Origins {

    private final Map<ObjectName, Step> steps = new HashMap<>();
    private final Map<String, Step> functions = new HashMap<>();
    private final Map<String, Step> foreignKeys = new HashMap<>();

    Origins(Plan plan) {
        plan.declared(Provides::extensions).forEach(d -> put(ObjectName.of(Kind.EXTENSION, d.what()), d));
        plan.tables().forEach(d -> {
            put(ObjectName.of(Kind.TABLE, d.what().name()), d);
            put(ObjectName.of(Kind.VIEW, d.what().name()), d);
            d.what()
                    .columns()
                    .forEach(c -> put(ObjectName.of(Kind.COLUMN, d.what().name(), c.name()), d));
        });
        plan.declared(Provides::functions).forEach(this::function);
        plan.declared(Provides::triggers)
                .forEach(d -> put(
                        ObjectName.of(Kind.TRIGGER, d.what().table(), d.what().name()), d));
        plan.declared(Provides::indexes)
                .forEach(d -> put(ObjectName.of(Kind.INDEX, d.what().name()), d));
        plan.declared(Provides::unique).forEach(this::unique);
        plan.foreignKeys().forEach(d -> foreignKeys.put(key(d.what().from()), d.step()));
        plan.declared(Provides::policies)
                .forEach(d -> put(
                        ObjectName.of(Kind.POLICY, d.what().table(), d.what().name()), d));
        plan.declared(Provides::publications)
                .forEach(d -> put(ObjectName.of(Kind.PUBLICATION, d.what().publication()), d));
    }

    /** What several steps say is made by the last of them. */
    private void put(ObjectName object, Declared<?> declared) {
        steps.put(object, declared.step());
    }

    private void function(Declared<ProvidedFunction> declared) {
        QualifiedName name = declared.what().name();
        functions.put(name.sql() + "/" + declared.what().argumentTypes().size(), declared.step());
    }

    private void unique(Declared<ProvidedUnique> declared) {
        ProvidedUnique unique = declared.what();
        unique.name().ifPresent(name -> {
            put(ObjectName.of(Kind.INDEX, new QualifiedName(unique.on().schema(), name)), declared);
            put(ObjectName.of(Kind.CONSTRAINT, unique.on(), name), declared);
        });
    }

    private static String key(ColumnName from) {
        return from.table().sql() + " (" + Identifier.quote(from.column()) + ")";
    }

    /** The step that provides it, or else the one that makes its table. */
    Optional<Step> of(Entry entry) {
        return named(entry).or(() -> owner(entry));
    }

    /** The step that provides it. */
    Optional<Step> named(Entry entry) {
        ObjectName object = entry.object();
        return switch (object.kind()) {
            case FUNCTION -> Optional.ofNullable(functions.get(overload(object.name())));
            case CONSTRAINT ->
                Optional.ofNullable(steps.get(object)).or(() -> Optional.ofNullable(foreignKeys.get(reference(entry))));
            default -> Optional.ofNullable(steps.get(object));
        };
    }

    private Optional<Step> owner(Entry entry) {
        ObjectName object = entry.object();
        String table = switch (object.kind()) {
            case COLUMN, CONSTRAINT, POLICY, TRIGGER, RULE -> object.container();
            case INDEX -> entry.text("table");
            case SEQUENCE -> new ObjectName(Kind.COLUMN, entry.text("owned by")).container();
            default -> "";
        };
        return Optional.ofNullable(steps.get(new ObjectName(Kind.TABLE, table)));
    }

    /** {@code public.f(uuid, text)} as {@code public.f/2}: written types are spelled in many ways. */
    private static String overload(String signature) {
        int open = signature.indexOf('(');
        String arguments = signature.substring(open + 1, signature.length() - 1).replaceAll("\\([^)]*\\)", "");
        int count = arguments.isBlank() ? 0 : arguments.split(",").length;
        return signature.substring(0, open) + "/" + count;
    }

    private static String reference(Entry constraint) {
        String definition = constraint.text("definition");
        int columns = definition.indexOf('(');
        return definition.startsWith("FOREIGN KEY")
                ? constraint.object().container() + " " + definition.substring(columns, definition.indexOf(')') + 1)
                : "";
    }
}
