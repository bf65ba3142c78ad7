package app.trackpay.database;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.CouldNotRunException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses that tell by themselves; what others are is found by asking them, in {@code GateThroughPoolerTest}. */
final class TransactionPoolerTest {

    private static final Login LOGIN = new Login("postgres.abc", Optional.empty(), "no password");

    @ParameterizedTest
    @CsvSource({
        "postgresql://postgres.abc@aws-0-eu-central-1.pooler.supabase.com:6543/postgres, true",
        "postgresql://postgres.abc@AWS-0-eu-central-1.Pooler.Supabase.com:6543/postgres, true",
        "postgresql://postgres@db.abc.supabase.co:6543/postgres, true",
        "postgresql://postgres.abc@aws-0-eu-central-1.pooler.supabase.com:5432/postgres, false",
        "postgresql://postgres@db.abc.supabase.co/postgres, false",
        "postgresql://postgres@localhost:6543/postgres, false",
        "postgresql://postgres@pooler.supabase.com.example.org:6543/postgres, false"
    })
    void knowsThePlatformsAddresses(String url, boolean pooler) throws CouldNotRunException {
        assertThat(TransactionPooler.named(DatabaseUrl.parse(url))).isEqualTo(pooler);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://postgres.abc:s3cret@aws-0-eu-central-1.pooler.supabase.com:6543/postgres,"
                + " postgresql://postgres.abc@aws-0-eu-central-1.pooler.supabase.com:5432/postgres",
        "postgresql://postgres.abc@db.abc.supabase.co:6543/postgres, postgresql://postgres.abc@db.abc.supabase.co:5432/postgres",
        "postgresql://me:s3cret@bouncer.example.org:6543/app, the server's own address"
    })
    void saysWhatToWriteInstead(String url, String instead) throws CouldNotRunException {
        assertThat(TransactionPooler.instead(DatabaseUrl.parse(url), LOGIN))
                .contains(instead)
                .doesNotContain("s3cret");
    }
}
