/** The gate's own story, layer upon layer, on servers it did not start itself. */
@NullMarked
package app.trackpay.gate;

import org.jspecify.annotations.NullMarked;
