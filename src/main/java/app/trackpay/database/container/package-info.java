/** Rehearsals in a container, with Testcontainers if it is there. */
@NullMarked
package app.trackpay.database.container;

import org.jspecify.annotations.NullMarked;
