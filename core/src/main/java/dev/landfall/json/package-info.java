/** From bytes to events; the only package that knows a JSON parser. */
@NullMarked
package dev.landfall.json;

import org.jspecify.annotations.NullMarked;
