package app.trackpay.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The flows of the plan's Step 6, and what people who mean harm would try instead. Every test signs up people of its own. */
final class ReferenceFlowsTest {

    private static final String TABLES = "trackpay_users,trackpay_relationships,trackpay_sessions,trackpay_payments,"
            + "trackpay_requests,trackpay_activities,trackpay_invites,trackpay_relationship_audit";

    private static TrackPay trackPay;

    @BeforeAll
    static void apply() throws Exception {
        trackPay = TrackPay.applied();
    }

    @AfterAll
    static void drop() {
        trackPay.close();
    }

    /** Somebody with a login and a TrackPay user. */
    record Person(UUID login, UUID id, As app) {

        static Person provider() throws Exception {
            return register("provider");
        }

        static Person client() throws Exception {
            return register("client");
        }

        private static Person register(String role) throws Exception {
            UUID login = trackPay.signUp();
            As app = trackPay.user(login);
            UUID id = app.id(
                    "INSERT INTO trackpay_users (auth_user_id, role, name, hourly_rate) VALUES (?, ?, 'Pat', 30) RETURNING id",
                    login,
                    role);
            return new Person(login, id, app);
        }

        /** A client without a login yet, by the function that the client list calls. */
        UUID addsClient() {
            return app.id("SELECT trackpay_add_client('Kim', 'kim@trackpay.example')");
        }

        String inviteCode(UUID client) {
            return app.one("SELECT invite_code FROM trackpay_invites WHERE client_id = ?", client);
        }

        UUID startsSession(UUID client) {
            return app.id(
                    "INSERT INTO trackpay_sessions (provider_id, client_id, start_time, crew_size)"
                            + " VALUES (?, ?, '2026-03-02 08:00+00', 2) RETURNING id",
                    id,
                    client);
        }

        /** After 80 minutes. */
        void stopsSession(UUID session) {
            app.change("UPDATE trackpay_sessions SET end_time = '2026-03-02 09:20+00' WHERE id = ?", session);
        }

        UUID works(UUID client) {
            UUID session = startsSession(client);
            stopsSession(session);
            return session;
        }

        UUID requestsPayment(UUID client, UUID session) {
            app.change("UPDATE trackpay_sessions SET status = 'requested' WHERE id = ?", session);
            return app.id(
                    "INSERT INTO trackpay_requests (provider_id, client_id, session_id, amount)"
                            + " SELECT provider_id, client_id, id, amount_due FROM trackpay_sessions WHERE id = ? RETURNING id",
                    session);
        }

        void isPaid(UUID client, UUID... sessions) {
            app.change(
                    "INSERT INTO trackpay_payments (provider_id, client_id, session_ids, amount, payment_method)"
                            + " SELECT ?, ?, array_agg(id), sum(amount_due), 'cash' FROM trackpay_sessions WHERE id = ANY (?)",
                    id,
                    client,
                    sessions);
            app.change("UPDATE trackpay_sessions SET status = 'paid' WHERE id = ANY (?)", (Object) sessions);
            app.change(
                    "UPDATE trackpay_requests SET status = 'paid', responded_at = now() WHERE session_id = ANY (?)",
                    (Object) sessions);
        }

        void notes(UUID provider, UUID client, String what) {
            app.change(
                    "INSERT INTO trackpay_activities (user_id, provider_id, client_id, activity_type) VALUES (?, ?, ?, ?)",
                    id,
                    provider,
                    client,
                    what);
        }

        /** A client of this provider who has claimed the invite. */
        Person joinedBy() throws Exception {
            UUID login = trackPay.signUp();
            As app = trackPay.user(login);
            UUID client = app.id("SELECT trackpay_claim_invite(?)", inviteCode(addsClient()));
            return new Person(login, client, app);
        }
    }

    @Nested
    final class ProviderTesting {

        @Test
        void registerAsProvider() throws Exception {
            UUID login = trackPay.signUp();

            UUID id = trackPay.user(login)
                    .id(
                            "INSERT INTO trackpay_users (auth_user_id, role, name) VALUES (?, 'provider', 'Pia') RETURNING id",
                            login);

            assertThat(trackPay.support()
                            .one(
                                    "SELECT auth_user_id, role, name, claimed_status FROM trackpay_users WHERE id = ?",
                                    id))
                    .isEqualTo(login + "|provider|Pia|claimed");
        }

        @Test
        void loginLandsOnClientList() throws Exception {
            Person paula = Person.provider();
            UUID kim = paula.addsClient();

            assertThat(paula.app().id("SELECT current_trackpay_user_id()")).isEqualTo(paula.id());
            assertThat(paula.app().one("SELECT id, role FROM trackpay_users WHERE auth_user_id = auth.uid()"))
                    .isEqualTo(paula.id() + "|provider");
            assertThat(
                            paula.app()
                                    .query(
                                            "SELECT c.id, c.name, r.hourly_rate FROM trackpay_relationships r JOIN trackpay_users c ON c.id = r.client_id"))
                    .containsExactly(kim + "|Kim|30.00");
        }

        @Test
        void addClient() throws Exception {
            Person paula = Person.provider();

            UUID kim = paula.addsClient();

            assertThat(trackPay.support()
                            .one("SELECT auth_user_id, role, claimed_status FROM trackpay_users WHERE id = ?", kim))
                    .isEqualTo("-|client|unclaimed");
            assertThat(trackPay.support()
                            .one("SELECT provider_id FROM trackpay_relationships WHERE client_id = ?", kim))
                    .isEqualTo(paula.id().toString());
            assertThat(paula.app()
                            .one(
                                    "SELECT status, length(invite_code), expires_at > now() FROM trackpay_invites WHERE client_id = ?",
                                    kim))
                    .isEqualTo("pending|12|t");
        }

        @Test
        void startSession() throws Exception {
            Person paula = Person.provider();

            UUID session = paula.startsSession(paula.addsClient());

            assertThat(paula.app()
                            .one(
                                    "SELECT status, start_time AT TIME ZONE 'UTC', end_time, amount_due, hourly_rate FROM trackpay_sessions WHERE id = ?",
                                    session))
                    .isEqualTo("active|2026-03-02 08:00:00|-|-|30.00");
        }

        @Test
        void stopSessionCalculatesTheAmount() throws Exception {
            Person paula = Person.provider();
            UUID session = paula.startsSession(paula.addsClient());

            paula.stopsSession(session);

            // two people for 80 minutes at 30.00: 2.67 hours as they are shown, and not a cent more than 80.00
            assertThat(paula.app()
                            .one(
                                    "SELECT status, duration_minutes, person_hours, amount_due FROM trackpay_sessions WHERE id = ?",
                                    session))
                    .isEqualTo("unpaid|80|2.67|80.00");
        }

        @Test
        void requestPayment() throws Exception {
            Person paula = Person.provider();
            UUID kim = paula.addsClient();
            UUID session = paula.works(kim);

            UUID request = paula.requestsPayment(kim, session);

            assertThat(paula.app().one("SELECT status FROM trackpay_sessions WHERE id = ?", session))
                    .isEqualTo("requested");
            assertThat(paula.app().one("SELECT status, amount FROM trackpay_requests WHERE id = ?", request))
                    .isEqualTo("pending|80.00");
        }

        @Test
        void recordPayment() throws Exception {
            Person paula = Person.provider();
            UUID kim = paula.addsClient();
            UUID first = paula.works(kim);
            UUID second = paula.works(kim);
            paula.requestsPayment(kim, first);

            paula.isPaid(kim, first, second);

            assertThat(paula.app()
                            .one(
                                    "SELECT amount, session_ids @> ARRAY[?, ?]::uuid[], cardinality(session_ids) FROM trackpay_payments",
                                    first,
                                    second))
                    .isEqualTo("160.00|t|2");
            assertThat(paula.app().query("SELECT status FROM trackpay_sessions"))
                    .containsExactly("paid", "paid");
            assertThat(paula.app().query("SELECT status FROM trackpay_requests"))
                    .containsExactly("paid");
        }

        @Test
        void viewHistory() throws Exception {
            Person paula = Person.provider();
            UUID kim = paula.addsClient();
            UUID session = paula.works(kim);
            paula.isPaid(kim, session);
            Person oskar = Person.provider();
            oskar.works(oskar.addsClient());

            assertThat(
                            paula.app()
                                    .query(
                                            "SELECT s.id, s.status, p.amount FROM trackpay_sessions s JOIN trackpay_payments p ON s.id = ANY (p.session_ids)"))
                    .containsExactly(session + "|paid|80.00");
            assertThat(paula.app().query("SELECT id FROM trackpay_sessions")).containsExactly(session.toString());
        }

        @Test
        void activityFeed() throws Exception {
            Person paula = Person.provider();
            UUID kim = paula.addsClient();
            List<String> actions = List.of("client_added", "session_started", "session_stopped", "payment_requested");

            actions.forEach(action -> paula.notes(paula.id(), kim, action));

            assertThat(paula.app().query("SELECT activity_type FROM trackpay_activities ORDER BY created_at"))
                    .isEqualTo(actions);
        }
    }

    @Nested
    final class ClientTesting {

        @Test
        void claimInviteCreatesAnAccount() throws Exception {
            Person paula = Person.provider();
            UUID kim = paula.addsClient();
            UUID login = trackPay.signUp();

            UUID claimed = trackPay.user(login).id("SELECT trackpay_claim_invite(?)", paula.inviteCode(kim));

            assertThat(claimed).isEqualTo(kim);
            assertThat(trackPay.support()
                            .one("SELECT auth_user_id, role, claimed_status FROM trackpay_users WHERE id = ?", kim))
                    .isEqualTo(login + "|client|claimed");
            assertThat(paula.app().one("SELECT status, claimed_by, claimed_at IS NOT NULL FROM trackpay_invites"))
                    .isEqualTo("claimed|" + kim + "|t");
        }

        @Test
        void claimInviteWithTheAccountOneHas() throws Exception {
            Person clara = Person.client();
            Person paula = Person.provider();
            UUID kim = paula.addsClient();
            UUID session = paula.works(kim);

            UUID claimed = clara.app().id("SELECT trackpay_claim_invite(?)", paula.inviteCode(kim));

            assertThat(claimed).isEqualTo(clara.id());
            assertThat(clara.app().query("SELECT id FROM trackpay_sessions")).containsExactly(session.toString());
            assertThat(trackPay.support().query("SELECT 1 FROM trackpay_users WHERE id = ?", kim))
                    .isEmpty();
        }

        @Test
        void anInviteIsClaimedOnce() throws Exception {
            Person paula = Person.provider();
            String code = paula.inviteCode(paula.addsClient());
            trackPay.user(trackPay.signUp()).id("SELECT trackpay_claim_invite(?)", code);

            As late = trackPay.user(trackPay.signUp());

            assertThat(late.refusal("SELECT trackpay_claim_invite(?)", code))
                    .isEqualTo("P0001: This invite is not valid");
            assertThat(late.refusal("SELECT trackpay_claim_invite('NO SUCH CODE')"))
                    .isEqualTo("P0001: This invite is not valid");
        }

        @Test
        void anExpiredInviteIsNotClaimed() throws Exception {
            Person paula = Person.provider();
            String code = paula.inviteCode(paula.addsClient());
            trackPay.support()
                    .change(
                            "UPDATE trackpay_invites SET expires_at = '2026-01-01 00:00+00' WHERE invite_code = ?",
                            code);

            assertThat(trackPay.user(trackPay.signUp()).refusal("SELECT trackpay_claim_invite(?)", code))
                    .isEqualTo("P0001: This invite is not valid");
        }

        @Test
        void loginLandsOnTheProviderOfTheClient() throws Exception {
            Person paula = Person.provider();
            Person clara = paula.joinedBy();

            assertThat(clara.app().id("SELECT current_trackpay_user_id()")).isEqualTo(clara.id());
            assertThat(
                            clara.app()
                                    .query(
                                            "SELECT p.id FROM trackpay_relationships r JOIN trackpay_users p ON p.id = r.provider_id"))
                    .containsExactly(paula.id().toString());
        }

        @Test
        void viewSessions() throws Exception {
            Person paula = Person.provider();
            Person clara = paula.joinedBy();
            UUID session = paula.works(clara.id());
            paula.works(paula.addsClient());

            assertThat(clara.app().query("SELECT id, status, amount_due FROM trackpay_sessions"))
                    .containsExactly(session + "|unpaid|80.00");
        }

        @Test
        void viewActivityTimeline() throws Exception {
            Person paula = Person.provider();
            Person clara = paula.joinedBy();
            paula.notes(paula.id(), clara.id(), "session_started");
            paula.notes(paula.id(), paula.addsClient(), "client_added");

            clara.notes(paula.id(), clara.id(), "invite_claimed");

            assertThat(clara.app().query("SELECT activity_type FROM trackpay_activities ORDER BY created_at"))
                    .containsExactly("session_started", "invite_claimed");
        }
    }

    @Nested
    final class DeleteClient {

        private static final String DELETE = "SELECT delete_client_relationship_safely(?)";
        private static final String AUDIT =
                "SELECT action, metadata ->> 'open_sessions', metadata ->> 'open_requests' FROM trackpay_relationship_audit";

        @Test
        void withoutBlockers() throws Exception {
            Person paula = Person.provider();
            UUID kim = paula.addsClient();
            UUID session = paula.works(kim);
            paula.isPaid(kim, session);

            assertThat(paula.app().one(DELETE, kim)).isEqualTo("t");

            assertThat(trackPay.support().query("SELECT 1 FROM trackpay_relationships WHERE client_id = ?", kim))
                    .isEmpty();
            assertThat(paula.app().query(AUDIT)).containsExactly("deleted|0|0");
            assertThat(paula.app().query("SELECT amount FROM trackpay_payments"))
                    .containsExactly("80.00");
            assertThat(paula.app().query("SELECT status FROM trackpay_invites")).containsExactly("expired");
        }

        @Test
        void withBlockers() throws Exception {
            Person paula = Person.provider();
            UUID kim = paula.addsClient();
            UUID session = paula.works(kim);
            paula.requestsPayment(kim, session);

            assertThat(paula.app().one(DELETE, kim)).isEqualTo("f");

            assertThat(paula.app().query("SELECT client_id FROM trackpay_relationships"))
                    .containsExactly(kim.toString());
            assertThat(paula.app().query(AUDIT)).containsExactly("delete_refused|1|1");
        }

        @Test
        void onceTheSessionIsPaid() throws Exception {
            Person paula = Person.provider();
            UUID kim = paula.addsClient();
            UUID session = paula.startsSession(kim);
            assertThat(paula.app().one(DELETE, kim)).isEqualTo("f");

            paula.stopsSession(session);
            paula.isPaid(kim, session);

            assertThat(paula.app().one(DELETE, kim)).isEqualTo("t");
            assertThat(paula.app().query(AUDIT + " ORDER BY created_at"))
                    .containsExactly("delete_refused|1|0", "deleted|0|0");
        }

        /** The session's policy still sees the relationship; only its trigger waits for the deletion and looks again. */
        @Test
        void whileASessionIsBeingStarted() throws Exception {
            Person paula = Person.provider();
            UUID kim = paula.addsClient();
            try (Connection deletion = trackPay.trial();
                    Statement statement = deletion.createStatement()) {
                statement.execute("SET LOCAL request.jwt.claims = '{\"sub\": \"" + paula.login() + "\"}'");
                statement.execute("SELECT public.delete_client_relationship_safely('" + kim + "')");
                CompletableFuture<String> session = CompletableFuture.supplyAsync(() -> paula.app()
                        .refusal(
                                "INSERT INTO trackpay_sessions (provider_id, client_id) VALUES (?, ?)",
                                paula.id(),
                                kim));
                while (!session.isDone() && !someoneWaits()) {
                    Thread.onSpinWait();
                }
                deletion.commit();

                assertThat(session.get()).isEqualTo("42501: This is not one of your clients");
            }
            assertThat(paula.app().query("SELECT id FROM trackpay_sessions")).isEmpty();
        }

        private boolean someoneWaits() {
            return !trackPay.support()
                    .query(
                            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                    .isEmpty();
        }

        @Test
        void whoWasLetGoCanBeTakenBack() throws Exception {
            Person paula = Person.provider();
            UUID kim = paula.addsClient();
            paula.app().one(DELETE, kim);

            paula.app()
                    .change(
                            "INSERT INTO trackpay_relationships (provider_id, client_id) VALUES (?, ?)",
                            paula.id(),
                            kim);

            assertThat(paula.app().query("SELECT client_id FROM trackpay_relationships"))
                    .containsExactly(kim.toString());
        }

        @Test
        void ofAnotherProvider() throws Exception {
            UUID kim = Person.provider().addsClient();
            Person oskar = Person.provider();

            assertThat(oskar.app().refusal(DELETE, kim)).isEqualTo("P0002: This is not one of your clients");
            assertThat(oskar.app().query(AUDIT)).isEmpty();
        }

        @Test
        void byAClient() throws Exception {
            Person clara = Person.provider().joinedBy();

            assertThat(clara.app().refusal(DELETE, clara.id())).isEqualTo("42501: Only a provider can delete a client");
        }

        @Test
        void byHand() throws Exception {
            Person paula = Person.provider();
            paula.addsClient();

            assertThat(paula.app().refusal("DELETE FROM trackpay_relationships"))
                    .isEqualTo("42501: permission denied for table trackpay_relationships");
        }

        @Test
        void withoutLogin() {
            String nobody = "SELECT delete_client_relationship_safely('00000000-0000-0000-0000-000000000000')";

            // the plan's own test, in the SQL editor; then an API request whose token names nobody; then one without a
            // token
            assertThat(trackPay.support().refusal(nobody)).isEqualTo("P0001: Not authenticated");
            assertThat(trackPay.user(UUID.randomUUID()).withoutSubject().refusal(nobody))
                    .isEqualTo("P0001: Not authenticated");
            assertThat(trackPay.visitor().refusal(nobody))
                    .isEqualTo("42501: permission denied for function delete_client_relationship_safely");
        }
    }

    @Nested
    final class Attacks {

        @ParameterizedTest
        @CsvSource({
            "role, 'provider'",
            "auth_user_id, '00000000-0000-0000-0000-000000000000'",
            "claimed_status, 'unclaimed'"
        })
        void nobodyChangesTheirOwn(String column, String value) throws Exception {
            Person clara = Person.client();
            String before = stored(clara);
            String denied = "42501: permission denied for table trackpay_users";

            assertThat(clara.app().refusal("UPDATE trackpay_users SET " + column + " = '" + value + "'"))
                    .isEqualTo(denied);
            assertThat(clara.app()
                            .refusal(
                                    "INSERT INTO trackpay_users (auth_user_id, role, name) VALUES (?, 'client', 'Clara')"
                                            + " ON CONFLICT (auth_user_id) DO UPDATE SET " + column + " = '" + value
                                            + "'",
                                    clara.login()))
                    .isEqualTo(denied);
            assertThat(clara.app()
                            .refusal(
                                    "INSERT INTO trackpay_users (id, auth_user_id, role, name) VALUES (?, ?, 'provider', 'Clara')"
                                            + " ON CONFLICT (id) DO UPDATE SET name = 'Clara'",
                                    clara.id(),
                                    clara.login()))
                    .isEqualTo(denied);
            assertThat(stored(clara)).isEqualTo(before);
        }

        @Test
        void nobodyLeavesAndComesBackAsSomebodyElse() throws Exception {
            Person clara = Person.client();
            String before = stored(clara);

            assertThat(clara.app().refusal("DELETE FROM trackpay_users"))
                    .isEqualTo("42501: permission denied for table trackpay_users");
            assertThat(clara.app()
                            .refusal(
                                    "INSERT INTO trackpay_users (auth_user_id, role, name) VALUES (?, 'provider', 'Clara')",
                                    clara.login()))
                    .startsWith(
                            "23505: duplicate key value violates unique constraint \"ux_trackpay_users_auth_user\"");
            assertThat(stored(clara)).isEqualTo(before);
        }

        @Test
        void nobodyBecomesSomebodyElseByClaiming() throws Exception {
            Person paula = Person.provider();
            Person oskar = Person.provider();
            UUID kim = paula.addsClient();
            String before = stored(oskar);

            assertThat(oskar.app().refusal("SELECT trackpay_claim_invite(?)", paula.inviteCode(kim)))
                    .isEqualTo("42501: A provider cannot claim an invite");
            assertThat(stored(oskar)).isEqualTo(before);
            assertThat(trackPay.support().one("SELECT auth_user_id FROM trackpay_users WHERE id = ?", kim))
                    .isEqualTo("-");
        }

        @Test
        void nobodyRegistersForSomebodyElse() throws Exception {
            As clara = trackPay.user(trackPay.signUp());

            assertThat(clara.refusal(
                            "INSERT INTO trackpay_users (auth_user_id, role, name) VALUES (?, 'client', 'X')",
                            trackPay.signUp()))
                    .isEqualTo("42501: new row violates row-level security policy for table \"trackpay_users\"");
            assertThat(clara.refusal("INSERT INTO trackpay_users (role, name) VALUES ('client', 'X')"))
                    .isEqualTo("42501: new row violates row-level security policy for table \"trackpay_users\"");
        }

        @Test
        void strangersSeeNothing() throws Exception {
            Person paula = Person.provider();
            Person clara = paula.joinedBy();
            UUID session = paula.works(clara.id());
            paula.requestsPayment(clara.id(), session);
            paula.isPaid(clara.id(), session);
            paula.notes(paula.id(), clara.id(), "session_started");
            paula.app().one("SELECT delete_client_relationship_safely(?)", paula.addsClient());
            Person stranger = Person.provider();
            As newcomer = trackPay.user(trackPay.signUp());

            for (String table : TABLES.split(",")) {
                String others = "SELECT id FROM " + table + " WHERE id <> '" + stranger.id() + "'";
                assertThat(paula.app().query(others)).as(table).isNotEmpty();
                assertThat(stranger.app().query(others)).as(table).isEmpty();
                assertThat(newcomer.query(others)).as(table).isEmpty();
            }
        }

        @Test
        void nobodyMakesAStrangerTheirClient() throws Exception {
            Person clara = Person.client();
            Person oskar = Person.provider();
            String refused = "42501: new row violates row-level security policy for table ";

            assertThat(oskar.app()
                            .refusal(
                                    "INSERT INTO trackpay_relationships (provider_id, client_id) VALUES (?, ?)",
                                    oskar.id(),
                                    clara.id()))
                    .isEqualTo(refused + "\"trackpay_relationships\"");
            assertThat(oskar.app()
                            .refusal(
                                    "INSERT INTO trackpay_invites (provider_id, client_id) VALUES (?, ?)",
                                    oskar.id(),
                                    clara.id()))
                    .isEqualTo(refused + "\"trackpay_invites\"");
            assertThat(oskar.app()
                            .refusal(
                                    "INSERT INTO trackpay_payments (provider_id, client_id, amount) VALUES (?, ?, 1)",
                                    oskar.id(),
                                    clara.id()))
                    .isEqualTo(refused + "\"trackpay_payments\"");
            assertThat(oskar.app()
                            .refusal(
                                    "INSERT INTO trackpay_sessions (provider_id, client_id) VALUES (?, ?)",
                                    oskar.id(),
                                    clara.id()))
                    .startsWith("42501");
        }

        @Test
        void aClientChangesNoWorkAndNoMoney() throws Exception {
            Person paula = Person.provider();
            Person clara = paula.joinedBy();
            UUID session = paula.works(clara.id());

            assertThat(clara.app().change("UPDATE trackpay_sessions SET hourly_rate = 0"))
                    .isZero();
            assertThat(clara.app().change("UPDATE trackpay_relationships SET hourly_rate = 0"))
                    .isZero();
            assertThat(clara.app()
                            .refusal(
                                    "INSERT INTO trackpay_payments (provider_id, client_id, session_id, amount) VALUES (?, ?, ?, 80)",
                                    paula.id(),
                                    clara.id(),
                                    session))
                    .startsWith("42501: new row violates row-level security policy");
            assertThat(paula.app().one("SELECT amount_due FROM trackpay_sessions"))
                    .isEqualTo("80.00");
        }

        @Test
        void nobodySpeaksInAnothersName() throws Exception {
            Person paula = Person.provider();
            Person clara = paula.joinedBy();

            assertThat(clara.app()
                            .refusal(
                                    "INSERT INTO trackpay_activities (user_id, provider_id, client_id, activity_type) VALUES (?, ?, ?, 'x')",
                                    paula.id(),
                                    paula.id(),
                                    clara.id()))
                    .startsWith("42501: new row violates row-level security policy");
            assertThat(clara.app().refusal("UPDATE trackpay_activities SET description = ''"))
                    .startsWith("42501: permission denied");
        }

        @Test
        void nobodyHandsTheirWorkToSomebodyElse() throws Exception {
            Person paula = Person.provider();
            UUID session = paula.works(paula.addsClient());

            assertThat(paula.app()
                            .refusal(
                                    "UPDATE trackpay_sessions SET provider_id = ? WHERE id = ?",
                                    Person.provider().id(),
                                    session))
                    .isEqualTo("42501: permission denied for table trackpay_sessions");
        }

        @Test
        void nobodyWritesTheAudit() throws Exception {
            Person paula = Person.provider();

            assertThat(paula.app()
                            .refusal(
                                    "INSERT INTO trackpay_relationship_audit (provider_id, client_id, action) VALUES (?, ?, 'deleted')",
                                    paula.id(),
                                    paula.addsClient()))
                    .isEqualTo("42501: permission denied for table trackpay_relationship_audit");
        }

        private String stored(Person person) {
            return trackPay.support()
                    .one("SELECT auth_user_id, role, claimed_status FROM trackpay_users WHERE id = ?", person.id());
        }
    }

    @Nested
    final class Visitors {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "trackpay_users",
                    "trackpay_relationships",
                    "trackpay_sessions",
                    "trackpay_payments",
                    "trackpay_requests",
                    "trackpay_activities",
                    "trackpay_invites",
                    "trackpay_relationship_audit"
                })
        void readAndWriteNothing(String table) {
            String denied = "42501: permission denied for table " + table;

            assertThat(trackPay.visitor().refusal("SELECT FROM " + table)).isEqualTo(denied);
            assertThat(trackPay.visitor().refusal("INSERT INTO " + table + " DEFAULT VALUES"))
                    .isEqualTo(denied);
            assertThat(trackPay.visitor().refusal("UPDATE " + table + " SET created_at = now()"))
                    .isEqualTo(denied);
            assertThat(trackPay.visitor().refusal("DELETE FROM " + table)).isEqualTo(denied);
            assertThat(trackPay.visitor().refusal("TRUNCATE " + table + " CASCADE"))
                    .isEqualTo(denied);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "current_trackpay_user_id()",
                    "trackpay_add_client('X')",
                    "trackpay_claim_invite('X')",
                    "delete_client_relationship_safely(NULL)"
                })
        void callNothing(String call) {
            assertThat(trackPay.visitor().refusal("SELECT " + call))
                    .startsWith("42501: permission denied for function");
        }

        @ParameterizedTest
        @ValueSource(strings = {"trackpay_add_client('X')", "trackpay_claim_invite('X')"})
        void areToldWhenTheirTokenNamesNobody(String call) {
            As nobody = trackPay.user(UUID.randomUUID()).withoutSubject();

            assertThat(nobody.refusal("SELECT " + call)).isEqualTo("P0001: Not authenticated");
        }
    }
}
