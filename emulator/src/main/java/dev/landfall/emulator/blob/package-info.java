/** Exported files behind signed links, answered as Azure Blob Storage answers. */
@NullMarked
package dev.landfall.emulator.blob;

import org.jspecify.annotations.NullMarked;
