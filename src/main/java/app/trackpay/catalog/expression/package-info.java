/** What policies, views and SQL functions ask, read from the trees in which the server itself stores them. */
@NullMarked
package app.trackpay.catalog.expression;

import org.jspecify.annotations.NullMarked;
