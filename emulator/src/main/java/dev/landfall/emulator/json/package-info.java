/** Writes JSON, and reads what little of it is sent here. */
@NullMarked
package dev.landfall.emulator.json;

import org.jspecify.annotations.NullMarked;
