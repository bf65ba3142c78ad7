/** Rows as real users see them: every persona tries every command on every row, and what it gets is held against the plan. */
@NullMarked
package app.trackpay.probe;

import org.jspecify.annotations.NullMarked;
