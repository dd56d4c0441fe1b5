/** Fetches files with Apache HttpClient instead of the client of the JDK. */
@NullMarked
package dev.landfall.download.apache;

import org.jspecify.annotations.NullMarked;
