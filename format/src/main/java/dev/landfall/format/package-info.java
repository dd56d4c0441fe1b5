/** Records out of exported files, one at a time and in constant memory. */
@NullMarked
package dev.landfall.format;

import org.jspecify.annotations.NullMarked;
