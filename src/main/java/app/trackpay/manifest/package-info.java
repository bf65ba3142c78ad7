/** What a database holds as one reviewed file, and how another database differs from it. */
@NullMarked
package app.trackpay.manifest;

import org.jspecify.annotations.NullMarked;
