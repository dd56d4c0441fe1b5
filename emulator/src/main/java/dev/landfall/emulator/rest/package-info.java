/** Answers the REST APIs of an F&amp;O environment and the token endpoint of its tenants. */
@NullMarked
package dev.landfall.emulator.rest;

import org.jspecify.annotations.NullMarked;
