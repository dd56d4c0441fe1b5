package dev.landfall.testkit.simulation;

import dev.landfall.spi.Landing;
import java.util.Set;

/** An attempt: what was claimed, and what became of its file so far. */
final class Claimed {

  final Landing landing;
  /** The sinks whose receipts were in the ledger when it was claimed. */
  final Set<String> had;
  /** Whether its file was in the spool when the attempt began. */
  boolean spooled;

  boolean fetched;
  boolean diskFailed;

  Claimed(Landing landing, Set<String> had) {
    this.landing = landing;
    this.had = had;
  }
}
