/** What several cases send, and who sends it: data export events, over connections that stay. */
@NullMarked
package dev.landfall.bench.load;

import org.jspecify.annotations.NullMarked;
