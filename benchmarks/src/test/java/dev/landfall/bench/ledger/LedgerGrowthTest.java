package dev.landfall.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Outcome;
import dev.landfall.bench.frame.Rounds;
import dev.landfall.bench.frame.Spread;
import dev.landfall.bench.load.EventIds;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.spi.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerGrowthTest {

  @TempDir
  Path folder;

  @Test
  void bothLedgersTakeTheSameTrafficAndAreCompared() throws Exception {
    Size small = new Size(1, 20_000, 500, 20, 100);
    Outcome outcome = Rounds.play(new LedgerGrowth(small), folder, System.out::println);
    assertEquals(List.of("empty", "full"), List.copyOf(outcome.subjects()));
    for (String subject : outcome.subjects()) {
      for (Metric metric :
          List.of(LedgerGrowth.RATE, LedgerGrowth.RECORD, LedgerGrowth.LAND, Metric.CPU)) {
        Spread spread = outcome.spread(subject, metric).orElseThrow();
        assertTrue(spread.least() > 0, subject + " " + metric);
      }
    }
    assertEquals(
        Set.of("full/empty", "full/empty record", "full/empty claim and settle"),
        outcome.ratios().keySet());
  }

  @Test
  void aFullLedgerHoldsWhatItShouldAndCanBeWorkedWith() throws Exception {
    LedgerFile file = LedgerFile.at(folder.resolve("full.db"));
    file.create(1_000);
    assertEquals(1_000, file.landings());
    assertEquals(1_000, file.stored());
    try (Ledger ledger = JdbcLedger.sqlite(file.path());
        Traffic traffic = new Traffic(ledger, new EventIds(0))) {
      traffic.record(50);
      traffic.land(20);
    }
    assertEquals(1_050, file.landings());
    assertEquals(1_020, file.stored());
  }

  @Test
  void workThatWasNotDoneIsNoticed() throws Exception {
    LedgerFile file = LedgerFile.at(folder.resolve("ledger.db"));
    try (Ledger ledger = JdbcLedger.sqlite(file.path());
        Traffic traffic = new Traffic(ledger, new EventIds(0));
        Traffic again = new Traffic(ledger, new EventIds(0))) {
      traffic.record(10);
      IOException known = assertThrows(IOException.class, () -> again.record(1));
      assertTrue(known.toString().contains("the ledger knew it"), known::toString);
      IOException none = assertThrows(IOException.class, () -> traffic.land(11));
      assertTrue(none.toString().contains("handed out 2"), none::toString);
    }
    IOException failure =
        assertThrows(IOException.class, () -> LedgerGrowth.requireWaiting(file, 5));
    assertTrue(failure.toString().contains("it left 2"), failure::toString);
  }
}
