/** One verdict, told on the console and in files. */
@NullMarked
package app.trackpay.report;

import org.jspecify.annotations.NullMarked;
