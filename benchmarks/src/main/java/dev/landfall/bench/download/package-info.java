/** Files fetched from a server to a disk: a large one, and many small ones. */
@NullMarked
package dev.landfall.bench.download;

import org.jspecify.annotations.NullMarked;
