/** The front door: the pipeline, its routes, and the parts that need nothing but the JDK. */
@NullMarked
package dev.landfall;

import org.jspecify.annotations.NullMarked;
