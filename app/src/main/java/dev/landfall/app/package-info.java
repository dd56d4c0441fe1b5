/** The command line: each command reads its options here and leaves the work to its package. */
@NullMarked
package dev.landfall.app;

import org.jspecify.annotations.NullMarked;
