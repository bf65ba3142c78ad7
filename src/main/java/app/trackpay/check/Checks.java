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
import app.trackpay.check.rls.BypassRole;
import app.trackpay.check.rls.ColumnEscalation;
import app.trackpay.check.rls.DefaultPrivileges;
import app.trackpay.check.rls.DefinerFunctionExposed;
import app.trackpay.check.rls.DefinerView;
import app.trackpay.check.rls.ForeignTableExposed;
import app.trackpay.check.rls.FunctionSearchPath;
import app.trackpay.check.rls.GrantBeyondRls;
import app.trackpay.check.rls.HelperMissing;
import app.trackpay.check.rls.HelperNotDefiner;
import app.trackpay.check.rls.HelperNotExecutable;
import app.trackpay.check.rls.HelperSearchPath;
import app.trackpay.check.rls.HelperShadowedByForceRls;
import app.trackpay.check.rls.MaterializedViewExposed;
import app.trackpay.check.rls.MultiplePermissive;
import app.trackpay.check.rls.PolicyChecks;
import app.trackpay.check.rls.PolicyForPublicRole;
import app.trackpay.check.rls.PolicyUnprobed;
import app.trackpay.check.rls.PolicyWithoutGrant;
import app.trackpay.check.rls.PolicyWithoutRls;
import app.trackpay.check.rls.RlsDisabled;
import app.trackpay.check.rls.RlsWithoutPolicy;
import app.trackpay.check.rls.UnexpectedPolicy;
import app.trackpay.check.rls.UpdateWithoutSelect;
import java.util.List;
import java.util.stream.Stream;

/** Which checks a goal asks. */
public final class Checks {

    /** Both goals ask it: without the grants, neither contract nor policies can be used. */
    private static final Check GRANTS = new PolicyWithoutGrant();

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
            GRANTS,
            new TableCount(),
            new PolicyCount(),
            new IndexCount());

    /** Those of health that ask after something a step provides by itself, whatever the steps behind it do. */
    private static final List<Check> PROVIDED = List.of(
            new MissingExtension(),
            new MissingTable(),
            new MissingColumn(),
            new ColumnType(),
            new MissingFunction(),
            new FunctionNotDefiner(),
            new MissingTrigger(),
            new MissingUniqueIndex(),
            new MissingIndex(),
            new MissingForeignKey(),
            new ForeignKeyDeleteRule(),
            new MissingPolicy(),
            new MissingPublicationTable(),
            new PrivilegeNotRevoked());

    private static final List<Check> RLS = List.of(
            new RlsDisabled(),
            new PolicyWithoutRls(),
            new RlsWithoutPolicy(),
            GRANTS,
            new HelperMissing(),
            new HelperNotDefiner(),
            new HelperNotExecutable(),
            new HelperSearchPath(),
            new HelperShadowedByForceRls(),
            new UnexpectedPolicy(),
            new UpdateWithoutSelect(),
            new ColumnEscalation(),
            new BypassRole(),
            new GrantBeyondRls(),
            new DefinerView(),
            new MaterializedViewExposed(),
            new ForeignTableExposed(),
            new DefinerFunctionExposed(),
            new FunctionSearchPath(),
            new PolicyForPublicRole(),
            new DefaultPrivileges(),
            new MultiplePermissive(),
            new PolicyUnprobed());

    private Checks() {}

    /** The declared contract, in the order in which a person would repair it. */
    public static List<Check> health() {
        return HEALTH;
    }

    /** What one step provides, asked of a plan that has no other step. */
    public static List<Check> provided() {
        return PROVIDED;
    }

    /**
     * Policies and privileges as they are stored, then what the policies ask, each in the order in which a person would repair them. They need
     * a catalog with its expressions.
     */
    public static List<Check> rls() {
        return Stream.concat(RLS.stream(), PolicyChecks.all().stream()).toList();
    }
}
