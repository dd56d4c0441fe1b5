/** Records out of exported files and files out of data packages, in constant memory. */
@NullMarked
package dev.landfall.format;

import org.jspecify.annotations.NullMarked;
