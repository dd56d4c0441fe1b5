/** Intake, workers and spool: what moves a delivery from its arrival to its sinks. */
@NullMarked
package dev.landfall.engine;

import org.jspecify.annotations.NullMarked;
