package dev.landfall.bench.ledger;

import dev.landfall.bench.frame.Parent;
import dev.landfall.bench.load.EventIds;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.spi.Ledger;
import java.io.IOException;
import java.nio.file.Path;

/** Records events in a ledger, then lands as many, and tells how long that took. */
final class LedgerProgram {

  private LedgerProgram() {}

  /**
   * Runs to its end.
   *
   * @param arguments the ledger's file, what its events are numbered from, how many are not
   *     measured and how many are
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int warmUp = Integer.parseInt(arguments[2]);
    int events = Integer.parseInt(arguments[3]);
    try (Ledger ledger = JdbcLedger.sqlite(Path.of(arguments[0]));
        Traffic traffic = new Traffic(ledger, new EventIds(Long.parseLong(arguments[1])))) {
      traffic.record(warmUp);
      traffic.land(warmUp);
      Parent.tell(Long.toString(traffic.record(events).toNanos()));
      Parent.tell(Long.toString(traffic.land(events).toNanos()));
    }
  }
}
