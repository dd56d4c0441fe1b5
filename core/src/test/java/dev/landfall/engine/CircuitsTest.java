package dev.landfall.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.CircuitPolicy;
import dev.landfall.spi.FileSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a sink is left alone, and for how long. */
class CircuitsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Circuits circuits =
      new Circuits(CircuitPolicy.after(2).pausing(Duration.ofSeconds(1), Duration.ofSeconds(3)));
  private final FileSink sink = new Named("same");

  private record Named(String name) implements FileSink {
    @Override
    public Receipt store(ExportedFile file) {
      return Receipt.of(name, file);
    }
  }

  private static Instant at(long millis) {
    return NOON.plusMillis(millis);
  }

  private void pauseAt(Instant time) {
    assertEquals(Optional.empty(), circuits.failed(sink, time));
    assertEquals(Optional.of(time.plusSeconds(1)), circuits.failed(sink, time));
  }

  @Test
  void aSinkThatFailsInARowIsLeftAlone() {
    pauseAt(NOON);
    assertEquals(Optional.of(at(1000)), circuits.heldUntil(sink, at(999)));
  }

  @Test
  void aSuccessInBetweenBeginsTheCountAnew() {
    assertEquals(Optional.empty(), circuits.failed(sink, NOON));
    assertFalse(circuits.succeeded(sink));
    assertEquals(Optional.empty(), circuits.failed(sink, NOON));
    assertEquals(Optional.empty(), circuits.heldUntil(sink, NOON));
  }

  @Test
  void afterThePauseOneFileAloneTriesIt() {
    pauseAt(NOON);
    assertEquals(Optional.empty(), circuits.heldUntil(sink, at(1000)));
    assertEquals(Optional.of(at(2001)), circuits.heldUntil(sink, at(1001)));
    assertTrue(circuits.succeeded(sink));
    assertEquals(Optional.empty(), circuits.heldUntil(sink, at(1002)));
  }

  @Test
  void pausesDoubleUntilTheLongest() {
    pauseAt(NOON);
    assertEquals(Optional.of(at(3000)), circuits.failed(sink, at(1000)));
    assertEquals(Optional.of(at(6000)), circuits.failed(sink, at(3000)));
    assertEquals(Optional.of(at(9000)), circuits.failed(sink, at(6000)));
  }

  @Test
  void failuresThatWereUnderWayWhenThePauseBeganDoNotLengthenIt() {
    pauseAt(NOON);
    assertEquals(Optional.empty(), circuits.failed(sink, at(10)));
    assertEquals(Optional.of(at(1000)), circuits.heldUntil(sink, at(20)));
  }

  @Test
  void aTryThatIsBrokenOffLeavesRoomForAnother() {
    pauseAt(NOON);
    assertEquals(Optional.empty(), circuits.heldUntil(sink, at(1000)));
    circuits.abandoned(sink);
    assertEquals(Optional.empty(), circuits.heldUntil(sink, at(1000)));
  }

  @Test
  void aClockThatIsSetBackDuringATryLeavesRoomForAnother() {
    circuits.failed(sink, NOON);
    circuits.failed(sink, NOON);
    assertEquals(Optional.empty(), circuits.heldUntil(sink, NOON.plusSeconds(1)));
    circuits.failed(sink, NOON.minusSeconds(3600));
    assertEquals(
        Optional.of(NOON.minusSeconds(3599)),
        circuits.heldUntil(sink, NOON.minusSeconds(3600)),
        "and a pause lasts no longer for it");
    assertEquals(Optional.empty(), circuits.heldUntil(sink, NOON.minusSeconds(3599)));
  }

  @Test
  void aSinkThatIsEqualIsAnotherOne() {
    pauseAt(NOON);
    assertEquals(Optional.empty(), circuits.heldUntil(new Named("same"), NOON));
  }
}
