/** Files, before they are fetched, while they are held, and after they are stored. */
@NullMarked
package dev.landfall.file;

import org.jspecify.annotations.NullMarked;
