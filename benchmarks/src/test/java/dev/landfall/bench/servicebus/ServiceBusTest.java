package dev.landfall.bench.servicebus;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Outcome;
import dev.landfall.bench.frame.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceBusTest {

  @TempDir
  Path folder;

  @Test
  void everySubjectCompletesEveryMessageAndIsMeasured() throws Exception {
    Outcome outcome =
        Rounds.play(new ServiceBus(new Pace(1, 100, 1_000)), folder, System.out::println);
    assertEquals(List.of("landfall", "sdk"), List.copyOf(outcome.subjects()));
    for (String subject : outcome.subjects()) {
      for (Metric metric : List.of(ServiceBus.RATE, Metric.PEAK_MEMORY)) {
        assertTrue(
            outcome.spread(subject, metric).orElseThrow().least() > 0, subject + " " + metric);
      }
    }
    assertEquals(Set.of("landfall/sdk", "landfall/sdk CPU"), outcome.ratios().keySet());
  }

  @Test
  void aMessageThatIsLeftOrMissingIsNoticed() {
    assertDoesNotThrow(() -> ServiceBus.requireAll(100, new Broker.Completed(100, 0, 0)));
    assertTrue(refusal(new Broker.Completed(100, 0, 2)).contains("2 are in the queue still"));
    assertTrue(refusal(new Broker.Completed(101, 0, 0)).contains("of 100 there were 101"));
  }

  private static String refusal(Broker.Completed completed) {
    return assertThrows(IOException.class, () -> ServiceBus.requireAll(100, completed))
        .toString();
  }

  @Test
  void theRateIsOfWhatWasCompletedInBetween() {
    Broker.Completed warm = new Broker.Completed(110, 1_000_000_000L, 900);
    assertEquals(300, new Broker.Completed(1_010, 4_000_000_000L, 0).perSecondSince(warm), 1e-9);
  }
}
