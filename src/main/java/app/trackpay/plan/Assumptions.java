package app.trackpay.plan;

import app.trackpay.catalog.QualifiedName;
import java.util.List;

/**
 * What checks may take for granted, because the team says so.
 *
 * @param publicRead tables that everybody may read, on purpose
 * @param serverOnly tables that no API role is meant to reach
 * @param small tables too small for an index to matter
 * @param empty tables without rows while the plan is applied, so that a lock on them keeps nobody waiting
 * @param defaultPrivileges whether the project hands what is made in it to the API roles, as the platform once did
 */
public record Assumptions(
        List<QualifiedName> publicRead,
        List<QualifiedName> serverOnly,
        List<QualifiedName> small,
        List<QualifiedName> empty,
        DefaultPrivileges defaultPrivileges) {

    /** Nothing is taken for granted. */
    public static final Assumptions NONE =
            new Assumptions(List.of(), List.of(), List.of(), List.of(), DefaultPrivileges.NEW);

    /** What a project does with objects to come. */
    public enum DefaultPrivileges {
        /** Everything in {@code public} is granted to the API roles at once. */
        OLD,
        /** Nothing is granted to anybody. */
        NEW
    }
}
