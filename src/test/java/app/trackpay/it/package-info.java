/** The words the scripts in {@code src/it} use. */
@NullMarked
package app.trackpay.it;

import org.jspecify.annotations.NullMarked;
