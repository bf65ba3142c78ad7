/** Judging a catalog by a plan: pure functions that end in findings. */
@NullMarked
package app.trackpay.check;

import org.jspecify.annotations.NullMarked;
