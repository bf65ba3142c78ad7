/** How long the plugin takes on large databases, beside the tools that a team would use instead. No test: run by the profile {@code benchmark}. */
@NullMarked
package app.trackpay.benchmark;

import org.jspecify.annotations.NullMarked;
