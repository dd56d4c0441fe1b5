/**
 * What proves a part against its contract: abstract test classes that an implementation's test
 * extends with one factory method, and ready-made events and files.
 */
@NullMarked
package dev.landfall.testkit;

import org.jspecify.annotations.NullMarked;
