/**
 * From the bytes of an event to a {@code BusinessEvent}, beside what a JSON library alone takes.
 */
@NullMarked
package dev.landfall.bench.reading;

import org.jspecify.annotations.NullMarked;
