package app.trackpay.apply;

import java.util.List;

/**
 * A plan that ran in one transaction, before it is decided whether it is committed.
 *
 * @param ran the steps and sections
 * @param leftOut what a dry run could not try
 * @param locks what a dry run saw, in the order of the steps
 */
public record Trial(List<Unit> ran, List<LeftOut> leftOut, List<TableLock> locks) {}
