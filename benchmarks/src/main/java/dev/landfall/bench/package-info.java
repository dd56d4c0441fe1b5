/** The command: lists the cases, or runs one and shows what was measured. */
@NullMarked
package dev.landfall.bench;

import org.jspecify.annotations.NullMarked;
