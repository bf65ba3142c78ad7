package app.trackpay.report;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Provides;
import app.trackpay.plan.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} is made at {1}")
    @CsvSource({
        "table public.payments, step.sql:2",
        "column public.requests.session_id, step.sql:8",
        "table public.payments for authenticated, step.sql:2",
        "function public.helper(uuid), step.sql:10",
        "index public.not_there, step.sql",
        "extension payments, step.sql",
        "function public.helper(uuid) for anon, step.sql:10",
        "file step.sql, step.sql",
    })
    void isTheLineOfTheStatementThatMakesTheObject(String object, String place) throws Exception {
        Path file = folder.resolve("step.sql");
        Files.writeString(file, """
                -- payments and requests
                CREATE TABLE payments (
                    id uuid,
                    session_id uuid
                );
                CREATE TABLE requests (
                    id uuid,
                    session_id uuid
                );
                CREATE FUNCTION helper(uuid) RETURNS uuid;
                """);
        Finding finding = new Finding("check", Severity.ERROR, object, "message", "fix").from(step(file));
        assertThat(Location.of(finding)).map(Location::toString).isEqualTo(Optional.of(place));
        Finding elsewhere = new Finding("check", Severity.ERROR, "table public.requests", "message", "fix")
                .from(step(file))
                .causedBy(object);
        assertThat(Location.of(elsewhere)).map(Location::toString).isEqualTo(Optional.of(place));
    }

    private static final String SUPABASE = """
            -- todos: team, data
            do $$ declare t text; begin
                foreach t in array array['todos', 'payments'] loop execute format('drop policy if exists a on %I', t); end loop;
            end $$;
            create table public.todos (id uuid primary key, note text default 'user_id;', -- user_id
                user_id uuid not null);
            alter table todos add column "Due For" date, add constraint due check ("Due For" > now());
            grant select on public.people, public.payments to authenticated;
            create table private.payments (id uuid);
            create policy "Users see own data" on public.todos for select using (team = 1);
            CREATE POLICY "Anyone can delete for the team"
                on public.todos for delete using (true);
            /* create policy "Anyone sees data" on public.todos; */
            create policy "Anyone sees data" on private.payments using (true);
            create policy "Anyone sees data" ON "public"."todos" using (true);
            create policy data on todos using (true);
            create policy "a.b ""of"" c" on todos using (true);
            create policy all_payments on public.payments using (true);
            create table "Lists For You" (id uuid);
            create or replace function public.me() returns uuid language sql as 'select null';
            create trigger stamp before insert or update of user_id on public.todos execute function me();
            create unique index concurrently if not exists todos_user on public.todos (user_id);
            do $$ begin
                create type state as enum ('open');
                execute 'create view public.seen as select 1';
            end $$;
            """;

    @ParameterizedTest(name = "{0} is made at {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "policy public.todos.Users see own data | 10",
                "policy public.todos.Anyone can delete for the team | 11",
                "policy public.todos.Anyone sees data | 15",
                "policy public.todos.\"Anyone sees data\" | 15",
                "policy private.payments.Anyone sees data | 14",
                "policy public.todos.data | 16",
                "policy public.todos.a.b \"of\" c | 17",
                "policy public.todos.\"a.b \"\"of\"\" c\" | 17",
                "policy public.todos.team | 0",
                "policy public.payments.data | 0",
                "policy public.todos.DATA | 0",
                "table public.todos for a visitor, delete | 5",
                "table private.payments | 9",
                // made elsewhere: its policy, and not the list of names before
                "table public.payments for anon | 18",
                "table public.people for authenticated | 8",
                "table public.Lists For You for anon, insert | 19",
                "table public.lists | 0",
                "column public.todos.user_id | 6",
                "column public.todos.Due For | 7",
                "constraint public.todos.due | 7",
                // what the table's statements do not name came with the table
                "foreign key public.todos.todos_user_id_fkey | 5",
                "column public.people.id | 0",
                "function public.me() | 20",
                "function public.me() for a visitor | 20",
                "trigger public.todos.stamp | 21",
                "trigger private.payments.stamp | 0",
                "index public.todos_user | 22",
                "index public.todos | 0",
                "type public.state | 24",
                "view public.seen | 25",
                "extension data | 0",
                "default privileges of postgres in public on tables | 0",
            })
    void isNoLineThatHappensToHoldTheName(String object, int line) throws Exception {
        Path file = folder.resolve("step.sql");
        Files.writeString(file, SUPABASE);
        Finding finding = new Finding("check", Severity.ERROR, object, "message", "fix").from(step(file));

        assertThat(Location.of(finding)).map(Location::toString).contains(line == 0 ? "step.sql" : "step.sql:" + line);
    }

    @ParameterizedTest(name = "{0} is made at {1}")
    @CsvSource({
        "table public.trackpay_payments for anon, CREATE POLICY tp_payments_select_party ON public.trackpay_payments",
        "policy public.trackpay_relationship_audit.tp_relationship_audit_select_provider, "
                + "CREATE POLICY tp_relationship_audit_select_provider ON public.trackpay_relationship_audit",
    })
    void ofTheReferenceSetIsThePolicyAndNoListOfNames(String object, String statement) throws Exception {
        Path file = Path.of("src/main/resources/app/trackpay/reference/020_rls_policies.sql");
        Finding finding = new Finding("check", Severity.ERROR, object, "message", "fix").from(step(file));

        int line = Location.of(finding).orElseThrow().line().orElseThrow();
        assertThat(Files.readAllLines(file).get(line - 1)).isEqualTo(statement);
    }

    private static Step step(Path file) {
        return new Step("1", "step.sql", file, "", Step.Importance.CRITICAL, false, Provides.NOTHING);
    }
}
