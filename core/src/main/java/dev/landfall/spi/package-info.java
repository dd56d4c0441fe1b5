/**
 * What others implement: where events come from, where files are, where they go, what remembers and
 * who watches.
 *
 * <p>Each type tells who calls it, on which thread, how often, whether a call may repeat, what its
 * return promises, and what may be thrown.
 */
@NullMarked
package dev.landfall.spi;

import org.jspecify.annotations.NullMarked;
