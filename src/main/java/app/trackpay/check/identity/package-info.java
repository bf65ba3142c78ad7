/** Which kind of user id an expression holds, and what an expression says about its caller. */
@NullMarked
package app.trackpay.check.identity;

import org.jspecify.annotations.NullMarked;
