/** What several peers are made of: PostgreSQL, and a service on Camel. */
@NullMarked
package dev.landfall.bench.peer;

import org.jspecify.annotations.NullMarked;
