/** Asks an F&amp;O environment for what it exports, and Entra for the tokens that this needs. */
@NullMarked
package dev.landfall.transport.finops;

import org.jspecify.annotations.NullMarked;
