package app.trackpay.probe;

import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.plan.Access.Rows;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import app.trackpay.probe.Task.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts answers together: one cell for a table, a persona and a command, whatever number of tries it took. */
final class Cells {

    private record Place(QualifiedName table, Persona persona) {}

    private Cells() {}

    static List<Cell> of(Plan plan, List<Answer> answers) {
        Map<Place, Map<Kind, List<Answer>>> places = answers.stream()
                .filter(a -> a.task().kind() != Kind.CALL)
                .collect(Collectors.groupingBy(
                        a -> new Place(a.task().table(), a.task().persona()),
                        LinkedHashMap::new,
                        Collectors.groupingBy(a -> a.task().kind())));
        return places.values().stream()
                .flatMap(kinds -> cells(plan, kinds).stream())
                .sorted(Comparator.comparing(Cell::table).thenComparing(Cell::command))
                .toList();
    }

    /** The same for a sample, of which only what is wrong comes back. */
    static List<Cell> sampled(Plan plan, List<Answer> answers) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i + 1 < answers.size(); i += 2) {
            Answer leaked = answers.get(i);
            Outcome more = leaked.tries().get(0);
            Outcome less = answers.get(i + 1).tries().get(0);
            Rows declared =
                    Tasks.mayBe(plan, leaked.task().table(), leaked.task().persona(), Command.SELECT);
            boolean closed = declared instanceof Rows.None && more.refused();
            cells.add(new Cell(
                    leaked.task().table(),
                    leaked.task().persona(),
                    Command.SELECT,
                    declared,
                    Cell.SAMPLED,
                    less.keys(),
                    more.keys(),
                    Optional.empty(),
                    more.worked() || closed ? Optional.empty() : Optional.of(more.error())));
        }
        return List.copyOf(cells);
    }

    /** A real user may be one of whom the plan allows less, so that only what nobody may is wrong. */
    static List<Cell> sampledWrites(Plan plan, List<Answer> answers) {
        return answers.stream()
                .map(a -> {
                    Command command = a.task().kind() == Kind.SAMPLE_UPDATE ? Command.UPDATE : Command.DELETE;
                    return new Cell(
                            a.task().table(),
                            a.task().persona(),
                            command,
                            Tasks.mayBe(plan, a.task().table(), a.task().persona(), command),
                            Cell.SAMPLED,
                            List.of(),
                            List.copyOf(names(a.tries(), o -> !o.meant().orElse(true) && o.took())),
                            Optional.empty(),
                            broken(a.tries()));
                })
                .toList();
    }

    private static List<Cell> cells(Plan plan, Map<Kind, List<Answer>> kinds) {
        List<Cell> cells = new ArrayList<>();
        first(kinds, Kind.SELECT).map(a -> select(plan, a)).ifPresent(cells::add);
        first(kinds, Kind.INSERT)
                .map(a -> insert(plan, a, first(kinds, Kind.INSERT_RETURNING)))
                .ifPresent(cells::add);
        first(kinds, Kind.UPDATE)
                .map(a -> write(
                        plan,
                        Command.UPDATE,
                        a,
                        first(kinds, Kind.UPDATE_ALL),
                        kinds.getOrDefault(Kind.GIVE_AWAY, List.of())))
                .ifPresent(cells::add);
        first(kinds, Kind.DELETE)
                .map(a -> write(plan, Command.DELETE, a, first(kinds, Kind.DELETE_ALL), List.of()))
                .ifPresent(cells::add);
        return cells;
    }

    private static Optional<Answer> first(Map<Kind, List<Answer>> kinds, Kind kind) {
        return kinds.getOrDefault(kind, List.of()).stream().findFirst();
    }

    /** A missing privilege is an answer to who is to see nothing, and a fault for everybody else. */
    private static Cell select(Plan plan, Answer answer) {
        Outcome outcome = answer.tries().get(0);
        boolean closed = declared(plan, answer, Command.SELECT).isNone();
        Optional<String> broken = outcome.worked() || closed && outcome.refused() ? Optional.empty() : error(outcome);
        return cell(
                plan,
                answer,
                Command.SELECT,
                answer.total(),
                answer.meant(),
                outcome.worked() ? outcome.keys() : List.of(),
                Optional.empty(),
                broken);
    }

    private static Cell insert(Plan plan, Answer plain, Optional<Answer> returning) {
        List<Outcome> tries = plain.tries();
        List<String> meant = List.copyOf(names(tries, o -> o.meant().orElse(false)));
        // a copy that a constraint stopped is proof that the policies let it through where they must, and of nothing
        // where they must not
        Set<String> got = names(
                tries,
                o -> o.took() && !o.putRight() || o.allowed() && o.meant().orElse(false));
        Optional<Outcome> refused = tries.stream()
                .filter(o -> o.meant().orElse(false) && !o.allowed())
                .findFirst();
        // what may come in and may be seen must be readable back: the app asks for it in the same statement
        List<Outcome> silent = returning.stream()
                .flatMap(a -> a.tries().stream())
                .filter(o -> !o.allowed() && got.contains(o.name()))
                .toList();
        silent.forEach(o -> got.remove(o.name()));
        Optional<String> refusal =
                refused.map(Outcome::error).or(() -> silent.stream().findFirst().map(o -> o.error() + Cell.RETURNING));
        Optional<String> broken =
                broken(tries).or(() -> returning.map(Answer::tries).flatMap(Cells::broken));
        return cell(plan, plain, Command.INSERT, tries.size(), meant, List.copyOf(got), refusal, broken);
    }

    private static Cell write(Plan plan, Command command, Answer each, Optional<Answer> all, List<Answer> givenAway) {
        List<Outcome> tries = each.tries();
        Set<String> got =
                names(tries, o -> command == Command.DELETE || each.meant().contains(o.key()) ? o.allowed() : o.took());
        all.stream().flatMap(a -> a.tries().stream()).forEach(outcome -> {
            got.addAll(outcome.keys());
            if (outcome.state().startsWith("23") && each.meant().isEmpty() && got.isEmpty()) {
                // which ones nobody can tell: a constraint stopped the statement, and no policy did
                got.add("at least one row, by a statement without a condition (" + outcome.error() + ")");
            }
        });
        givenAway.forEach(answer -> answer.tries().stream()
                .filter(o -> o.allowed() && !o.meant().orElse(true))
                .forEach(o -> got.add(o.key() + " with " + answer.task().detail() + Cell.GIVEN_AWAY)));
        Optional<Outcome> refused = tries.stream()
                .filter(o -> each.meant().contains(o.key()) && !o.allowed())
                .findFirst();
        return cell(
                plan,
                each,
                command,
                each.total(),
                each.meant(),
                List.copyOf(got),
                refused.map(Outcome::error),
                broken(tries));
    }

    private static Optional<String> broken(List<Outcome> tries) {
        return tries.stream().filter(Outcome::broken).findFirst().flatMap(Cells::error);
    }

    private static Optional<String> error(Outcome outcome) {
        return Optional.of(outcome.error());
    }

    private static Set<String> names(List<Outcome> tries, Function<Outcome, Boolean> which) {
        return tries.stream()
                .filter(which::apply)
                .map(Outcome::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Predicate declared(Plan plan, Answer answer, Command command) {
        return new Predicate(
                Tasks.declared(plan, answer.task().table(), answer.task().persona(), command), "");
    }

    private static Cell cell(
            Plan plan,
            Answer answer,
            Command command,
            int total,
            List<String> meant,
            List<String> got,
            Optional<String> refusal,
            Optional<String> broken) {
        return new Cell(
                answer.task().table(),
                answer.task().persona(),
                command,
                declared(plan, answer, command).rows(),
                total,
                meant,
                got,
                refusal,
                broken);
    }
}
