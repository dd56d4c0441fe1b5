/** From an event posted to its file and rows landed: Landfall beside programs written by hand. */
@NullMarked
package dev.landfall.bench.latency;

import org.jspecify.annotations.NullMarked;
