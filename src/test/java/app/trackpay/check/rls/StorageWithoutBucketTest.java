package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StorageWithoutBucketTest extends CheckTest {

    StorageWithoutBucketTest() {
        super(new StorageWithoutBucket());
    }

    private static final String[] FILES = {
        "INSERT INTO storage.buckets (id, name) VALUES ('mine', 'mine'), ('secret', 'secret')",
        "INSERT INTO storage.objects (bucket_id, name) VALUES ('mine', 'a'), ('secret', 'b')",
        "GRANT SELECT ON storage.objects TO authenticated"
    };

    private static String[] policy(String condition) {
        return with(FILES, "CREATE POLICY p ON storage.objects FOR SELECT TO authenticated USING (" + condition + ")");
    }

    private static final String SECRETS = "SELECT count(*) FROM storage.objects WHERE bucket_id = 'secret'";

    private static Case everyBucket(String name, String condition) {
        return Case.guilty(name, policy(condition)).proof(Callers.STRANGER, SECRETS, "1");
    }

    private static Case oneBucket(String name, String condition) {
        return Case.innocent(name, policy(condition)).proof(Callers.STRANGER, SECRETS, "0");
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                everyBucket("no condition", "true"),
                everyBucket("whoever is logged in", "auth.uid() IS NOT NULL"),
                everyBucket("an alternative without a bucket", "bucket_id = 'mine' OR name = 'b'"),
                oneBucket("a bucket", "bucket_id = 'mine'"),
                oneBucket("one of several buckets, and more", "bucket_id IN ('mine', 'other') AND name <> 'x'"),
                oneBucket("a bucket in every alternative", "bucket_id = 'mine' OR bucket_id = 'other' AND true"));
    }

    @Test
    void isAWarning() {
        assertThat(guilty(policy("true")).severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void theProposedSqlKeepsToTheBucketsOfToday() {
        String[] open = policy("name <> 'it''s 100%' OR bucket_id = 'mine'");
        String[] later = {
            "INSERT INTO storage.buckets (id, name) VALUES ('later', 'later')",
            "INSERT INTO storage.objects (bucket_id, name) VALUES ('later', 'c')"
        };
        String files = "SELECT string_agg(name, '' ORDER BY name) FROM storage.objects";

        answer(files, open, later, Callers.STRANGER).isEqualTo("abc");
        answer(files, open, new String[] {guilty(open).repair().orElseThrow()}, later, Callers.STRANGER)
                .isEqualTo("ab");
        repairs(open);
        repairs("CREATE POLICY p ON storage.objects TO authenticated USING (owner_id = '') WITH CHECK (true)");
    }
}
