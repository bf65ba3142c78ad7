/** The PostgreSQL that a goal works on: a live one behind a URL, or a throw-away one for a rehearsal. */
@NullMarked
package app.trackpay.database;

import org.jspecify.annotations.NullMarked;
