/** The TrackPay set that comes with the plugin, held against real servers and used as its people would use it. */
@NullMarked
package app.trackpay.reference;

import org.jspecify.annotations.NullMarked;
