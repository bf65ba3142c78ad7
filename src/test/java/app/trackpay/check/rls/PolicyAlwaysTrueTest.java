package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyAlwaysTrueTest extends CheckTest {

    PolicyAlwaysTrueTest() {
        super(new PolicyAlwaysTrue());
    }

    private static final String INSERT =
            "INSERT INTO trackpay_notes VALUES (2, 'a0000000-0000-4000-8000-000000000001', true)";
    private static final String LOGGED_IN =
            "CREATE POLICY p ON trackpay_notes FOR INSERT TO authenticated WITH CHECK (auth.uid() IS NOT NULL)";
    private static final String FOR_USERS =
            "CREATE POLICY p ON trackpay_notes FOR SELECT TO authenticated USING (true)";

    /** The stranger is a member of something else than the note. */
    private static final String MEMBERS = "CREATE TABLE public.trackpay_members AS SELECT 2 AS id,"
            + " 'a0000000-0000-4000-8000-0000000000ff'::uuid AS login;"
            + " GRANT SELECT ON trackpay_members TO anon, authenticated";

    private static final String MEMBER = "EXISTS (SELECT 1 FROM trackpay_members m WHERE m.login = auth.uid() AND ";

    private static final String[] FILES = {
        "INSERT INTO storage.buckets (id, name) VALUES ('avatars', 'avatars'), ('secret', 'secret')",
        "INSERT INTO storage.objects (bucket_id, name) VALUES ('avatars', 'a'), ('secret', 'b')",
        "GRANT SELECT, DELETE ON storage.objects TO anon, authenticated"
    };
    private static final String GONE =
            "WITH gone AS (DELETE FROM storage.objects RETURNING id) SELECT count(*) FROM gone";

    private static Case open(String condition) {
        return Case.guilty("visitors read by " + condition, Notes.with(Notes.read(condition)))
                .proof(Callers.VISITOR, Notes.COUNT, "1");
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                open("true"),
                open("1 = 1"),
                open("owner = auth.uid() OR true"),
                open("NOT false"),
                open("coalesce(NULL, true)"),
                open("CASE WHEN true THEN true END"),
                open("NULL IS NULL"),
                Case.guilty("whoever is logged in reads", Notes.with(FOR_USERS))
                        .proof(Callers.STRANGER, Notes.COUNT, "1"),
                Case.guilty("whoever is logged in writes in anybody's name", Notes.with(LOGGED_IN))
                        .proof(Callers.STRANGER, INSERT, "-"),
                Case.guilty(
                                "the role of the token is no condition",
                                Notes.with(
                                        "CREATE POLICY p ON trackpay_notes FOR DELETE USING (auth.role() = 'authenticated')",
                                        "CREATE POLICY s ON trackpay_notes FOR SELECT USING (auth.role() = 'authenticated' AND id > 0)"))
                        .proof(
                                Callers.STRANGER,
                                "WITH gone AS (DELETE FROM trackpay_notes RETURNING id) SELECT count(*) FROM gone",
                                "1"),
                Case.guilty(
                                "whoever asks reads and deletes every stored file",
                                with(FILES, "CREATE POLICY p ON storage.objects USING (true)"))
                        .proof(Callers.VISITOR, GONE, "2"),
                Case.guilty(
                                "whoever is logged in writes to every topic",
                                "CREATE POLICY p ON realtime.messages TO authenticated USING (true) WITH CHECK (true)",
                                "GRANT SELECT, INSERT ON realtime.messages TO authenticated")
                        .proof(
                                Callers.STRANGER,
                                "INSERT INTO realtime.messages (topic, extension) VALUES ('others', 'broadcast')",
                                "-"),
                Case.guilty(
                                "a column that is never NULL and compared with itself",
                                Notes.with(
                                        "ALTER TABLE trackpay_notes ALTER owner SET NOT NULL",
                                        Notes.read("owner = owner")))
                        .proof(Callers.STRANGER, Notes.COUNT, "1"),
                Case.guilty(
                                "a sub-query that compares its own column with itself in place of the row's",
                                Notes.with(MEMBERS, Notes.read(MEMBER + "m.id = id)")))
                        .proof(Callers.STRANGER, Notes.COUNT, "1"),
                Case.innocent(
                                "a column that can be NULL and is compared with itself",
                                Notes.with("UPDATE trackpay_notes SET owner = NULL", Notes.read("owner = owner")))
                        .proof(Callers.STRANGER, Notes.COUNT, "0"),
                Case.innocent(
                                "a column that is never NULL as text of another length",
                                Notes.with(
                                        "ALTER TABLE trackpay_notes ALTER owner SET NOT NULL",
                                        Notes.read("owner::varchar(3) = owner::text")))
                        .proof(Callers.STRANGER, Notes.COUNT, "0"),
                Case.innocent(
                                "a sub-query that names the row's column",
                                Notes.with(MEMBERS, Notes.read(MEMBER + "m.id = trackpay_notes.id)")))
                        .proof(Callers.STRANGER, Notes.COUNT, "0"),
                Case.innocent(
                                "a sub-query of a table without a column of that name",
                                Notes.with(
                                        MEMBERS,
                                        "ALTER TABLE trackpay_members RENAME id TO note",
                                        Notes.read(MEMBER + "m.note = id)")))
                        .proof(Callers.STRANGER, Notes.COUNT, "0"),
                Case.innocent(
                                "a sub-query that compares two rows of one table",
                                Notes.with(
                                        MEMBERS,
                                        Notes.read(
                                                "EXISTS (SELECT 1 FROM trackpay_members m JOIN trackpay_members o ON m.id = o.id"
                                                        + " WHERE m.login = auth.uid() AND o.id = trackpay_notes.id)")))
                        .proof(Callers.STRANGER, Notes.COUNT, "0"),
                Case.innocent(
                                "the files of a public bucket",
                                with(
                                        FILES,
                                        "CREATE POLICY p ON storage.objects FOR SELECT USING (bucket_id = 'avatars')"))
                        .proof(Callers.VISITOR, "SELECT count(*) FROM storage.objects", "1"),
                Case.innocent(
                                "messages of one's own topic",
                                "CREATE POLICY p ON realtime.messages FOR SELECT TO authenticated USING"
                                        + " (realtime.topic() = 'user:' || auth.uid())",
                                "GRANT SELECT ON realtime.messages TO authenticated",
                                "INSERT INTO realtime.messages (topic, extension) VALUES ('others', 'broadcast')")
                        .proof(Callers.STRANGER, "SELECT count(*) FROM realtime.messages", "0"),
                Case.innocent("the owner, or what is shared", Notes.with(Notes.read("owner = auth.uid() OR shared")))
                        .proof(Callers.STRANGER, Notes.COUNT, "0"),
                Case.innocent(
                                "a restrictive policy holds the rows back",
                                Notes.with(
                                        Notes.read("true"),
                                        "CREATE POLICY q ON trackpay_notes AS RESTRICTIVE FOR SELECT USING (owner = auth.uid())"))
                        .proof(Callers.STRANGER, Notes.COUNT, "0"),
                Case.innocent(
                                "an INSERT policy without WITH CHECK denies",
                                Notes.with("CREATE POLICY p ON trackpay_notes FOR INSERT TO authenticated"))
                        .proof(Callers.STRANGER, INSERT, "42501"),
                Case.innocent(
                                "the server's own role",
                                Notes.with("CREATE POLICY p ON trackpay_notes TO service_role USING (true)"))
                        .proof(Callers.STRANGER, Notes.COUNT, "0"),
                Case.innocent(
                                "a table that the plan declares public is read and not written",
                                Notes.with(Notes.read("true")))
                        .with(
                                "assume: { public-read: [trackpay_notes] }",
                                plan -> PlansOf.publicRead(plan, "trackpay_notes"))
                        .proof(Callers.VISITOR, INSERT, "42501"));
    }

    @Test
    void readingForWhoIsLoggedInIsAWarning() {
        assertThat(guilty(Notes.with(FOR_USERS)).severity()).isEqualTo(Severity.WARNING);
        answer(Notes.COUNT, Notes.with(FOR_USERS), Callers.VISITOR).isEqualTo("0");
    }

    @Test
    void storedFilesAreToBeBoundToABucket() {
        Finding finding = guilty(with(FILES, "CREATE POLICY p ON storage.objects USING (true)"));

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.object()).isEqualTo("policy storage.objects.p");
        assertThat(finding.fix()).contains("bucket_id");
    }

    @Test
    void aSlipInASubQueryIsAWarningThatNamesTheColumn() {
        Finding finding = guilty(Notes.with(MEMBERS, Notes.read(MEMBER + "m.id = id)")));

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.message()).contains("compares m.id with itself");
        assertThat(finding.fix()).contains("trackpay_notes");
        assertThat(finding.repair()).isEmpty();
    }

    /** What others put beside the app's tables is theirs to answer for. */
    @Test
    void tablesOfOthersDoNotMatter() {
        innocent("CREATE TABLE public.other (id int)", "CREATE POLICY p ON other USING (true)");
    }

    @Test
    void readingForVisitorsAndWritingAreErrors() {
        assertThat(guilty(Notes.with(Notes.read("true"))).severity()).isEqualTo(Severity.ERROR);
        assertThat(guilty(Notes.with(LOGGED_IN)).severity()).isEqualTo(Severity.ERROR);
    }
}
