/** Running what is pending, in the plan's order, and keeping the record of what ran. */
@NullMarked
package app.trackpay.apply;

import org.jspecify.annotations.NullMarked;
