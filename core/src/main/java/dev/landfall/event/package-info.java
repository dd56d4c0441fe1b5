/**
 * The vocabulary: what Dynamics 365 Finance &amp; Operations says when something happens, as
 * immutable values.
 *
 * <p>Ground floor: everything else may use it, it uses nothing but the JDK.
 */
@NullMarked
package dev.landfall.event;

import org.jspecify.annotations.NullMarked;
