package app.trackpay.apply;

import app.trackpay.catalog.QualifiedName;
import java.time.Duration;

/**
 * The strongest lock that a step or section took on a table that was there before.
 *
 * @param bytes what the table had on disk before the first step
 * @param held from the unit's start to its end: in a transaction of its own it could not hold it for longer
 * @param rewritten whether the unit wrote the whole table anew
 */
public record TableLock(Unit unit, QualifiedName table, long bytes, LockMode mode, Duration held, boolean rewritten) {}
