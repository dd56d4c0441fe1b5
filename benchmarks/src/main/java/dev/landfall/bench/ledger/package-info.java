/** What an event costs the ledger when it has grown, beside an empty one. */
@NullMarked
package dev.landfall.bench.ledger;

import org.jspecify.annotations.NullMarked;
