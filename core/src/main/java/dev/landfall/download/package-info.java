/** Where the file of an event is, which hosts are allowed, and how to fetch it. */
@NullMarked
package dev.landfall.download;

import org.jspecify.annotations.NullMarked;
