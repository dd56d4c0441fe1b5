/** A durable ledger in a database, reached over JDBC. */
@NullMarked
package dev.landfall.ledger.jdbc;

import org.jspecify.annotations.NullMarked;
