/** The demo: an emulated environment, a real pipeline, and what a terminal shows of both. */
@NullMarked
package dev.landfall.app.demo;

import org.jspecify.annotations.NullMarked;
