package app.trackpay.check;

import app.trackpay.check.health.ColumnType;
import app.trackpay.check.health.ConstraintNotValidated;
import app.trackpay.check.health.FinancialCascade;
import app.trackpay.check.health.FinancialCascadePath;
import app.trackpay.check.health.ForeignKeyDeleteRule;
import app.trackpay.check.health.FunctionNotDefiner;
import app.trackpay.check.health.IndexCount;
import app.trackpay.check.health.IndexInvalid;
import app.trackpay.check.health.MissingColumn;
import app.trackpay.check.health.MissingExtension;
import app.trackpay.check.health.MissingForeignKey;
import app.trackpay.check.health.MissingFunction;
import app.trackpay.check.health.MissingIndex;
import app.trackpay.check.health.MissingPolicy;
import app.trackpay.check.health.MissingPublicationTable;
import app.trackpay.check.health.MissingTable;
import app.trackpay.check.health.MissingTrigger;
import app.trackpay.check.health.MissingUniqueIndex;
import app.trackpay.check.health.PolicyCount;
import app.trackpay.check.health.PrivilegeNotRevoked;
import app.trackpay.check.health.RealtimeWithoutRls;
import app.trackpay.check.health.TableCount;
import app.trackpay.check.health.TriggerDisabled;
import app.trackpay.check.rls.PolicyWithoutGrant;
import java.util.List;

/** Which checks a goal asks. */
public final class Checks {

    private static final List<Check> HEALTH = List.of(
            new MissingExtension(),
            new MissingTable(),
            new MissingColumn(),
            new ColumnType(),
            new MissingFunction(),
            new FunctionNotDefiner(),
            new MissingTrigger(),
            new TriggerDisabled(),
            new MissingUniqueIndex(),
            new MissingIndex(),
            new IndexInvalid(),
            new MissingForeignKey(),
            new ForeignKeyDeleteRule(),
            new ConstraintNotValidated(),
            new FinancialCascade(),
            new FinancialCascadePath(),
            new MissingPolicy(),
            new MissingPublicationTable(),
            new RealtimeWithoutRls(),
            new PrivilegeNotRevoked(),
            new PolicyWithoutGrant(),
            new TableCount(),
            new PolicyCount(),
            new IndexCount());

    private Checks() {}

    /** The declared contract, in the order in which a person would repair it. */
    public static List<Check> health() {
        return HEALTH;
    }

    /** What can be said of policies, grants and functions as they are stored. */
    public static List<Check> rls() {
        return List.of(new PolicyWithoutGrant());
    }
}
