package app.trackpay.check.rls;

import app.trackpay.check.Callers;
import app.trackpay.check.CheckTest;
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

    private static final String SECRETS = "SELECT count(*) FROM storage.objects WHERE bucket_id = 'secret'";

    private static String[] policy(String condition) {
        return new String[] {"CREATE POLICY p ON storage.objects FOR SELECT TO authenticated USING (" + condition + ")"
        };
    }

    @Test
    void aPolicyForEveryBucketOpensTheSecretOne() {
        for (String condition : new String[] {"true", "auth.uid() IS NOT NULL", "bucket_id = 'mine' OR name = 'b'"}) {
            guilty(policy(condition));
            answer(SECRETS, FILES, policy(condition), Callers.STRANGER).isEqualTo("1");
        }
    }

    @Test
    void aBucketInEveryAlternativeIsFine() {
        for (String condition : new String[] {
            "bucket_id = 'mine'",
            "bucket_id IN ('mine', 'other') AND name <> 'x'",
            "bucket_id = 'mine' OR bucket_id = 'other' AND true"
        }) {
            innocent(policy(condition));
            answer(SECRETS, FILES, policy(condition), Callers.STRANGER).isEqualTo("0");
        }
    }
}
