/** What a team declares: the steps in their order, what each provides, and who may see what. */
@NullMarked
package app.trackpay.plan;

import org.jspecify.annotations.NullMarked;
