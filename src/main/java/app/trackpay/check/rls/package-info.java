/** Row level security as it is stored: privileges, policies and the functions they lean on. */
@NullMarked
package app.trackpay.check.rls;

import org.jspecify.annotations.NullMarked;
