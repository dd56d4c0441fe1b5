package dev.landfall.bench.servicebus;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceBusTest {

  @TempDir
  Path folder;

  @Test
  void everySubjectCompletesEveryMessageAndIsMeasured() throws Exception {
    List<String> names = new ArrayList<>();
    // One turn each, as starting takes long: the frame would play a round to warm up as well.
    try (ServiceBus played = new ServiceBus(new Pace(1, 100, 1_000))) {
      for (Subject subject : played.subjects(folder)) {
        names.add(subject.name());
        Measured measured = subject.turn().take(folder);
        for (Metric metric : List.of(ServiceBus.RATE, ServiceBus.CPU, ServiceBus.BROKER_SHARE)) {
          assertTrue(measured.of(metric).orElseThrow() > 0, subject.name() + " " + metric);
        }
      }
      for (Comparison comparison : played.comparisons()) {
        assertTrue(names.containsAll(List.of(comparison.subject(), comparison.peer())));
      }
    }
    assertEquals(List.of("landfall", "sdk"), names);
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
