/** What all cases share: turns, children, metrics, ratios, the table and the results file. */
@NullMarked
package dev.landfall.bench.frame;

import org.jspecify.annotations.NullMarked;
