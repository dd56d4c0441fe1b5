/** What a test chooses when it works with the REST APIs of the emulated environment. */
@NullMarked
package dev.landfall.emulator.api;

import org.jspecify.annotations.NullMarked;
