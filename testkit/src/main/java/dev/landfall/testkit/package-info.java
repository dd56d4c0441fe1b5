/**
 * What proves a part against its contract: abstract test classes that an implementation's test
 * extends with one factory method, ready-made events and files, and arbitraries of events.
 */
@NullMarked
package dev.landfall.testkit;

import org.jspecify.annotations.NullMarked;
