/** The declared contract: is everything there that the plan's steps provide, and is it as declared? */
@NullMarked
package app.trackpay.check.health;

import org.jspecify.annotations.NullMarked;
