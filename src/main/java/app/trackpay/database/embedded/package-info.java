/** Rehearsals on a PostgreSQL that is unpacked, started and thrown away on this machine. */
@NullMarked
package app.trackpay.database.embedded;

import org.jspecify.annotations.NullMarked;
