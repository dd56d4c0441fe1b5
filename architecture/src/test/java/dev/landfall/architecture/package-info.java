/** The rules of the house, and the proof that each of them catches what it forbids. */
@NullMarked
package dev.landfall.architecture;

import org.jspecify.annotations.NullMarked;
