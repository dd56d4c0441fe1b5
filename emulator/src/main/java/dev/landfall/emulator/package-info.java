/**
 * An F&amp;O environment in one process: it exports files, serves them behind signed links and
 * sends the business events that announce them, over HTTPS or to queues and topics;
 * {@link dev.landfall.emulator.FinopsEmulator} is the front door.
 */
@NullMarked
package dev.landfall.emulator;

import org.jspecify.annotations.NullMarked;
