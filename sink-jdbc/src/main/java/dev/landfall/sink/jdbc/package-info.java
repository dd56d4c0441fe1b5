/** Stores the records of exported files as rows of a database table. */
@NullMarked
package dev.landfall.sink.jdbc;

import org.jspecify.annotations.NullMarked;
