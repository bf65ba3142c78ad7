package app.trackpay.check.rls;

import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.plan.Access;
import app.trackpay.plan.Assumptions;
import app.trackpay.plan.Assumptions.DefaultPrivileges;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import app.trackpay.plan.RemoteCall;
import app.trackpay.plan.Step;
import java.util.List;
import java.util.stream.Stream;

/** Variations of a plan, as far as row level security is concerned. */
final class PlansOf {

    private PlansOf() {}

    static QualifiedName table(String name) {
        return new QualifiedName("public", name);
    }

    static Plan publicRead(Plan plan, String table) {
        return copy(
                plan,
                plan.steps(),
                plan.personas(),
                plan.access(),
                new Assumptions(List.of(table(table)), List.of(), List.of(), List.of(), DefaultPrivileges.NEW),
                plan.protectedColumns(),
                plan.calls());
    }

    static Plan serverOnly(Plan plan, String table) {
        return copy(
                plan,
                plan.steps(),
                plan.personas(),
                plan.access(),
                new Assumptions(List.of(), List.of(table(table)), List.of(), List.of(), DefaultPrivileges.NEW),
                plan.protectedColumns(),
                plan.calls());
    }

    static Plan small(Plan plan, String table) {
        return copy(
                plan,
                plan.steps(),
                plan.personas(),
                plan.access(),
                new Assumptions(List.of(), List.of(), List.of(table(table)), List.of(), DefaultPrivileges.NEW),
                plan.protectedColumns(),
                plan.calls());
    }

    static Plan ofTheOldEra(Plan plan) {
        return copy(
                plan,
                plan.steps(),
                plan.personas(),
                plan.access(),
                new Assumptions(List.of(), List.of(), List.of(), List.of(), DefaultPrivileges.OLD),
                plan.protectedColumns(),
                plan.calls());
    }

    static Plan protecting(Plan plan, ColumnName... columns) {
        return copy(plan, plan.steps(), plan.personas(), plan.access(), plan.assumed(), List.of(columns), plan.calls());
    }

    static Plan calling(Plan plan, RemoteCall... calls) {
        return copy(
                plan,
                plan.steps(),
                plan.personas(),
                plan.access(),
                plan.assumed(),
                plan.protectedColumns(),
                Stream.concat(plan.calls().stream(), Stream.of(calls)).toList());
    }

    static Plan withAccess(Plan plan, List<Persona> personas, List<Access> access) {
        return copy(plan, plan.steps(), personas, access, plan.assumed(), plan.protectedColumns(), plan.calls());
    }

    static Plan withSteps(Plan plan, List<Step> steps) {
        return copy(plan, steps, plan.personas(), plan.access(), plan.assumed(), plan.protectedColumns(), plan.calls());
    }

    private static Plan copy(
            Plan plan,
            List<Step> steps,
            List<Persona> personas,
            List<Access> access,
            Assumptions assumed,
            List<ColumnName> protectedColumns,
            List<RemoteCall> calls) {
        return new Plan(
                plan.directory(),
                plan.file(),
                plan.scope(),
                steps,
                plan.financial(),
                plan.identity(),
                personas,
                access,
                assumed,
                protectedColumns,
                calls,
                plan.suppressions(),
                plan.fixtures());
    }
}
