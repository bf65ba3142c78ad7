package app.trackpay.check;

import app.trackpay.catalog.Catalog;
import app.trackpay.plan.Plan;
import java.util.stream.Stream;

/** One question to a catalog, asked in the light of a plan. */
public interface Check {

    /** What users call it: permanent, kebab-case, also the name of its page. */
    String id();

    /** Everything that is wrong; empty when all is well. */
    Stream<Finding> findings(Plan plan, Catalog catalog);
}
