/** From a link to a million rows in PostgreSQL: how long that takes. */
@NullMarked
package dev.landfall.bench.rows;

import org.jspecify.annotations.NullMarked;
