/** Made-up rows in the shapes of F&amp;O entities, written as F&amp;O writes its export files. */
@NullMarked
package dev.landfall.emulator.data;

import org.jspecify.annotations.NullMarked;
