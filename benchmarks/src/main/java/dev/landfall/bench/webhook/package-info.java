/**
 * From an event posted to its answer when nothing is done with it: what taking it over HTTP costs.
 */
@NullMarked
package dev.landfall.bench.webhook;

import org.jspecify.annotations.NullMarked;
