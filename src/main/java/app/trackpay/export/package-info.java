/** The file that makes the tables, taken from a database by the user's own pg_dump. */
@NullMarked
package app.trackpay.export;

import org.jspecify.annotations.NullMarked;
