package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Headers;
import dev.landfall.event.RawEvent;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.json.EventReader;
import dev.landfall.json.Reading;
import dev.landfall.spi.FileLocator;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PayloadUrlLocatorProperties {

  private final FileLocator locator = PayloadUrlLocator.field("DownloadURL");
  private final EventReader reader = new EventReader();

  @Property(tries = 1000)
  void everyExportIsLocatedUntilAnHourAfterItsEvent(@ForAll("exports") BusinessEvent event) {
    FileReference reference = locator.locate(event);
    assertEquals(event.payload().text("DownloadURL"), Optional.of(reference.url()));
    assertEquals(Optional.of(wholeSeconds(event).plus(Duration.ofHours(1))), locator.expiry(event));
    assertEquals(locator.expiry(event), reference.expiresAt());
    assertFalse(reference.toString().contains(EventArbitraries.SIGNATURE), "the signature");
  }

  private static Instant wholeSeconds(BusinessEvent event) {
    return Instant.ofEpochSecond(event.time().getEpochSecond());
  }

  @Property(tries = 1000)
  void anyOtherEventIsRefusedAndHasNoExpiry(@ForAll("events") BusinessEvent event) {
    if (!event.payload().has("DownloadURL")) {
      assertEquals(Optional.empty(), locator.expiry(event));
    }
    assertLocatedOrRefused(event);
  }

  @Property(tries = 2000)
  void whateverIsReadOutOfHostileBytesIsLocatedOrRefused(@ForAll("hostile") RawEvent body) {
    for (Reading reading : reader.readAll(body, Headers.none())) {
      if (reading instanceof Reading.Read read) {
        assertLocatedOrRefused(read.event());
      }
    }
  }

  private void assertLocatedOrRefused(BusinessEvent event) {
    Optional<Instant> expiry = locator.expiry(event);
    try {
      assertEquals(expiry, locator.locate(event).expiresAt());
    } catch (FetchException refused) {
      assertFalse(refused.getMessage().contains(EventArbitraries.SIGNATURE), "the signature");
    }
  }

  @Provide
  Arbitrary<BusinessEvent> exports() {
    return EventArbitraries.exports();
  }

  @Provide
  Arbitrary<BusinessEvent> events() {
    return EventArbitraries.events();
  }

  @Provide
  Arbitrary<RawEvent> hostile() {
    return HostileBytes.bodies(EventArbitraries.deliveriesOf(EventArbitraries.exports()));
  }
}
