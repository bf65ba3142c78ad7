/** The goals. Only this package knows Maven: parameters come in, a verdict goes out, nothing else happens here. */
@NullMarked
package app.trackpay.mojo;

import org.jspecify.annotations.NullMarked;
