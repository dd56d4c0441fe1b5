/** From an event posted to its answer, once it is durable: how many in a second. */
@NullMarked
package dev.landfall.bench.intake;

import org.jspecify.annotations.NullMarked;
