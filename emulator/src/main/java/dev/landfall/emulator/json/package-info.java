/** Writes JSON; nothing here reads it. */
@NullMarked
package dev.landfall.emulator.json;

import org.jspecify.annotations.NullMarked;
