package dev.landfall.testkit.simulation;

import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.Settlement;
import java.util.LinkedHashSet;
import java.util.Set;

/** What one attempt began with and did, and what it owes when it ends. */
final class Attempt {

  final Landing landing;
  /** The sinks whose receipts were in the ledger when it was claimed, or were given since. */
  final Set<String> receipts;

  /** Names that it gave to files of the spool. */
  final Set<String> secured = new LinkedHashSet<>();

  /** Whether its file was in the spool when it began. */
  boolean spooled;

  boolean fetched;
  boolean diskFailed;
  boolean interrupted;
  boolean over;

  Attempt(Landing landing, Set<String> receipts) {
    this.landing = landing;
    this.receipts = new LinkedHashSet<>(receipts);
  }

  /** Whether its file should be found by the next attempt of its process. */
  boolean owesFile() {
    return fetched && !diskFailed;
  }

  /** Checks how it ends, if its claim still holds. */
  void settles(Settlement settlement, Instance instance, Trace trace) {
    LandingId id = landing.id();
    if (!settlement.receipts().keySet().containsAll(receipts)) {
      trace.broken("a settlement tells the receipts of all sinks, unlike that of " + id);
    }
    if (interrupted && !(settlement instanceof Settlement.Released)) {
      trace.broken("what closing breaks off goes back without a failure, unlike " + id);
    }
    if (owesFile() && !(settlement instanceof Settlement.Stored)) {
      if (!instance.spool.test(id)) {
        trace.broken(
            "a file that was fetched waits in the spool until it is stored, unlike that of " + id);
      }
      if (!instance.disk.isSure(secured)) {
        trace.broken("a file in the spool outlives a power cut, unlike that of " + id);
      }
    }
  }
}
