/** From an event posted to its small file in a folder: how many in a second. */
@NullMarked
package dev.landfall.bench.landing;

import org.jspecify.annotations.NullMarked;
