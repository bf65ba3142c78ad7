package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Column;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.stream.Stream;

/** A policy on stored files that holds for every bucket, those to come too. */
public final class StorageWithoutBucket implements Check {

    private static final QualifiedName OBJECTS = new QualifiedName("storage", "objects");

    @Override
    public String id() {
        return "storage-without-bucket";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Privileges privileges = new Privileges(catalog);
        return Asked.all(plan, catalog)
                .filter(asked -> asked.policy().table().equals(OBJECTS)
                        && asked.policy().permissive()
                        && !asked.apiRoles(privileges).isEmpty())
                .filter(asked -> asked.conditions().anyMatch(e -> !namesBucket(e)))
                .map(asked -> asked.finding(
                                id(),
                                Severity.WARNING,
                                "its condition can hold in any bucket: it opens the files of all of them, and of every bucket"
                                        + " that is made later",
                                "add AND bucket_id = 'your-bucket' to every alternative; the proposed SQL keeps it to the"
                                        + " buckets of today: leave those out that it is not for")
                        .repairedBy(keptToTodaysBuckets(asked)));
    }

    /** Which bucket is meant the condition does not say; that buckets to come are not is the least that can be said for it. */
    private static String keptToTodaysBuckets(Asked asked) {
        return "DO $buckets$ BEGIN EXECUTE pg_catalog.format("
                + Sql.literal("ALTER POLICY %1$I ON storage.objects"
                        + asked.using()
                                .map(any -> " USING ((%2$s) AND bucket_id = ANY (%3$L))")
                                .orElse("")
                        + asked.check()
                                .map(any -> " WITH CHECK ((%4$s) AND bucket_id = ANY (%3$L))")
                                .orElse(""))
                + ", " + Sql.literal(asked.policy().name()) + ", "
                + Sql.literal(asked.policy().using().orElse(""))
                + ", ARRAY(SELECT id FROM storage.buckets ORDER BY id), "
                + Sql.literal(asked.policy().withCheck().orElse("")) + "); END $buckets$;";
    }

    /** Whether every way to pass asks for the bucket. */
    private static boolean namesBucket(Expression condition) {
        Expression core = condition.core();
        if (core instanceof Expression.Or or) {
            return or.parts().stream().allMatch(StorageWithoutBucket::namesBucket);
        }
        if (core instanceof Expression.And and) {
            return and.parts().stream().anyMatch(StorageWithoutBucket::namesBucket);
        }
        return core instanceof Expression.Constant constant
                        && !constant.text().filter("true"::equals).isPresent()
                || core.everything()
                        .anyMatch(e -> e instanceof Column column
                                && column.table().equals(OBJECTS)
                                && column.name().equals("bucket_id"));
    }
}
