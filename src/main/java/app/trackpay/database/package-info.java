/** Where the questions go: a live database by its URL, or a rehearsal on a throw-away server; and the reader of its catalogs. */
@NullMarked
package app.trackpay.database;

import org.jspecify.annotations.NullMarked;
