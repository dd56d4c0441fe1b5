package dev.landfall.testkit.simulation;

import dev.landfall.spi.Landing;
import java.util.Set;

/**
 * What an attempt has to do.
 *
 * @param landing as it was claimed
 * @param had the sinks whose receipts were in the ledger then
 */
record Claimed(Landing landing, Set<String> had) {}
