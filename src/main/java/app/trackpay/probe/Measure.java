package app.trackpay.probe;

import app.trackpay.plan.Access.Rows;

/** What rows are held against, in words. */
enum Measure {
    /** What a plan's {@code access} says. */
    PLAN {
        @Override
        String beyond(Cell cell) {
            return " that the plan does not name (" + condition(cell) + ")";
        }

        @Override
        String elseMeant(String what) {
            return "or the plan if " + what;
        }
    },
    /** Whose row it is, where nothing is declared. */
    OWNER {
        @Override
        String beyond(Cell cell) {
            return cell.declared() instanceof Rows.Where
                    ? " that do not belong to that user (" + condition(cell).replace(":auth", "auth.uid()") + ")"
                    : "";
        }

        @Override
        String elseMeant(String what) {
            return "or if " + what + ", say so with \"personas\" and \"access\" in a trackpay.yaml";
        }
    };

    /** What sets the rows apart that somebody reaches and should not. */
    abstract String beyond(Cell cell);

    /** What else to do, where it is as it should be. */
    abstract String elseMeant(String what);

    static String condition(Cell cell) {
        if (cell.declared() instanceof Rows.Where where) {
            return where.condition();
        }
        return cell.declared() instanceof Rows.All ? "all" : "none";
    }
}
