/** Rehearsals in a database of their own on a server that is there. */
@NullMarked
package app.trackpay.database.scratch;

import org.jspecify.annotations.NullMarked;
