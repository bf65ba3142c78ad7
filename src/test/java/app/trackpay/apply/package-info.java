/** Applying, held against real servers. */
@NullMarked
package app.trackpay.apply;

import org.jspecify.annotations.NullMarked;
