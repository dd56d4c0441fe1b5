/**
 * The front door: {@link dev.landfall.Pipeline} is where to begin, {@link dev.landfall.Route} says
 * what to do with which events.
 */
@NullMarked
package dev.landfall;

import org.jspecify.annotations.NullMarked;
