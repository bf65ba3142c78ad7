/** What a database holds: one immutable snapshot of the system catalogs, in the server's own terms. */
@NullMarked
package app.trackpay.catalog;

import org.jspecify.annotations.NullMarked;
