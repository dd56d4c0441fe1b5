package dev.landfall.ledger.jdbc;

import dev.landfall.spi.Claim;
import dev.landfall.spi.LedgerException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Records landings and stores some of them, as fast as it can, and says so once each is confirmed.
 *
 * <p>A line ends with a full stop, so that one that was cut by the kill can be told.
 */
final class RecordUntilKilled {

  private static final int UNDER_WAY = 64;

  private RecordUntilKilled() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments the file, and how the names of the events begin
   */
  public static void main(String[] arguments) throws InterruptedException {
    Semaphore room = new Semaphore(UNDER_WAY);
    try (JdbcLedger ledger = JdbcLedger.sqlite(Path.of(arguments[0]))) {
      for (int i = 0; ; i++) {
        String event = arguments[1] + i;
        room.acquire();
        ledger.record(List.of(Samples.landing(event))).whenComplete((recorded, failure) -> {
          say("recorded", event, failure);
          room.release();
        });
        if (i % 20 == 0) {
          for (Claim claim : Samples.claim(ledger, 5)) {
            ledger.settle(claim, Samples.stored(), Samples.NOON);
            say("stored", claim.landing().id().event().value(), null);
          }
        }
      }
    } catch (LedgerException refused) {
      say("refused", String.valueOf(refused.getMessage()), null);
    }
  }

  private static synchronized void say(String what, String event, @Nullable Throwable failure) {
    if (failure == null) {
      System.out.println(what + " " + event + " .");
      System.out.flush();
    }
  }
}
