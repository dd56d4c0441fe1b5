/**
 * Runs the engine against a sink in a world of seeded chance: its time, threads, faults and
 * crashes.
 */
@NullMarked
package dev.landfall.testkit.simulation;

import org.jspecify.annotations.NullMarked;
