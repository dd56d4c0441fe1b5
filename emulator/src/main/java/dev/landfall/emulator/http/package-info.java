/** A small HTTP/1.1 server on the loopback address, for what the emulator serves. */
@NullMarked
package dev.landfall.emulator.http;

import org.jspecify.annotations.NullMarked;
