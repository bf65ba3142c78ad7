/** The release gate for Supabase and PostgreSQL schemas. */
@NullMarked
package app.trackpay;

import org.jspecify.annotations.NullMarked;
