package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Headers;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.RawEvent;
import dev.landfall.json.EventReader;
import dev.landfall.json.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes, reading ends in an event or a refusal that keeps them. */
class HostileReadingProperties {

  private final EventReader reader = new EventReader();

  @Provide
  Arbitrary<RawEvent> bodies() {
    return EventArbitraries.hostileBodies();
  }

  @Provide
  Arbitrary<Headers> headers() {
    return EventArbitraries.hostileHeaders();
  }

  @Provide
  Arbitrary<ExpectedDelivery> poisonedBatches() {
    return EventArbitraries.poisonedBatches();
  }

  @Property(tries = 3000)
  void readingOneEventFailsInOneWayAlone(@ForAll("bodies") RawEvent body) {
    try {
      reader.read(body);
    } catch (MalformedEventException refused) {
      assertEquals(Optional.of(body), refused.raw());
      assertFalse(refused.getMessage().isBlank());
    }
  }

  @Property(tries = 3000)
  void readingADeliveryNeverFails(
      @ForAll("bodies") RawEvent body, @ForAll("headers") Headers headers) {
    List<Reading> readings = reader.readAll(body, headers);
    assertFalse(readings.isEmpty());
    for (Reading reading : readings) {
      if (reading instanceof Reading.Refused refused) {
        assertEquals(Optional.of(refused.body()), refused.why().raw());
      } else if (reading instanceof Reading.Read read) {
        assertEquals(read.event(), reader.read(read.body()));
      }
    }
  }

  @Property(tries = 2000)
  void poisonNeverChangesItsNeighbours(@ForAll("poisonedBatches") ExpectedDelivery batch) {
    List<Optional<BusinessEvent>> read = reader.readAll(batch.body(), batch.headers()).stream()
        .map(reading -> reading instanceof Reading.Read one
            ? Optional.of(one.event())
            : Optional.<BusinessEvent>empty())
        .toList();
    assertEquals(batch.parts(), read);
  }

  @Property(tries = 2000)
  void eachRefusedElementOfABatchHasItsOwnBytes(@ForAll("poisonedBatches") ExpectedDelivery batch) {
    String whole = new String(batch.body().toByteArray(), StandardCharsets.ISO_8859_1);
    for (Reading reading : reader.readAll(batch.body(), batch.headers())) {
      String part = new String(reading.body().toByteArray(), StandardCharsets.ISO_8859_1);
      assertTrue(whole.contains(part));
      assertTrue(part.length() < whole.length() || batch.parts().size() == 1, part);
    }
  }
}
