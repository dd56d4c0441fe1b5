package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Headers;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.Payload;
import dev.landfall.event.RawEvent;
import dev.landfall.json.EventReader;
import dev.landfall.json.Reading;
import dev.landfall.spi.LandingId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Neither a message nor a {@code toString} has the signature of a link, wherever that stood. */
class NothingSignedIsShownProperties {

  private static final String LINK =
      "https://x.blob.core.windows.net/dmf/f.csv?sp=r&sig=" + EventArbitraries.SIGNATURE + "ISE%3D";

  private final EventReader reader = new EventReader();

  private static void assertSafe(Object... shown) {
    for (Object each : shown) {
      String text = String.valueOf(each);
      assertFalse(text.contains(EventArbitraries.SIGNATURE), text);
    }
  }

  private static void assertSafe(MalformedEventException refused) {
    StringWriter trace = new StringWriter();
    refused.printStackTrace(new PrintWriter(trace));
    assertSafe(trace, refused.getMessage(), refused.raw());
  }

  @Property(tries = 1000)
  void byAnEvent(@ForAll("exports") BusinessEvent event) {
    assertSafe(event, event.payload(), event.payload().toBuilder().build());
  }

  @Property(tries = 1000)
  void byADelivery(@ForAll("deliveries") ExpectedDelivery delivery) {
    assertSafe(delivery.body(), delivery.headers());
    assertSafe(reader.readAll(delivery.body(), delivery.headers()).toArray());
  }

  @Property(tries = 2000)
  void byWhatHasALinkInTheWrongPlace(
      @ForAll("leaking") RawEvent body, @ForAll("headers") Headers headers) {
    assertSafe(headers);
    try {
      assertSafe(reader.read(body));
    } catch (MalformedEventException refused) {
      assertSafe(refused);
    }
    for (Reading reading : reader.readAll(body, headers)) {
      if (reading instanceof Reading.Refused refused) {
        assertSafe(refused);
        assertSafe(refused.why());
      } else if (reading instanceof Reading.Read read) {
        BusinessEvent event = read.event();
        assertSafe(read, event, event.payload(), event.id(), event.type(), event.legalEntity());
        assertSafe(new LandingId(event.id(), "route"));
      }
    }
  }

  @Provide
  Arbitrary<BusinessEvent> exports() {
    return EventArbitraries.exports();
  }

  @Provide
  Arbitrary<ExpectedDelivery> deliveries() {
    return EventArbitraries.deliveriesOf(EventArbitraries.exports());
  }

  /** A link put somewhere into JSON, or as a name or a value into an event or around one. */
  @Provide
  Arbitrary<RawEvent> leaking() {
    Arbitrary<String> anywhere = Combinators.combine(
            EventArbitraries.deliveries()
                .map(delivery -> new String(delivery.body().toByteArray(), StandardCharsets.UTF_8)),
            Arbitraries.integers().between(0, 1_000),
            links())
        .as((text, part, link) -> {
          int at = text.length() * part / 1_000;
          return text.substring(0, at) + link + text.substring(at);
        });
    return Arbitraries.oneOf(anywhere, misplaced())
        .map(text -> RawEvent.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Arbitrary<String> misplaced() {
    Arbitrary<String> names = Arbitraries.oneOf(Arbitraries.of(HostileBytes.MEMBERS), links());
    Arbitrary<Object> values = Arbitraries.oneOf(
        links().asGeneric(),
        Arbitraries.of("1.0", "e-1", "2030-01-01", "{", "{}").asGeneric(),
        links().map(link -> Payload.of(Map.of(link, link))),
        links().map(link -> List.of(Payload.of(Map.of("key", "Target", "value", link)))));
    return Combinators.combine(Arbitraries.maps(names, values).ofMaxSize(8), Spelling.any())
        .as((members, spelling) -> spelling.of(Payload.of(members)));
  }

  private static Arbitrary<String> links() {
    return Arbitraries.of(
        LINK,
        "sig=" + EventArbitraries.SIGNATURE,
        "\"" + LINK + "\"",
        "{\"" + LINK + "\":",
        LINK + "\n",
        LINK.repeat(20));
  }

  @Provide
  Arbitrary<Headers> headers() {
    Arbitrary<String> names =
        Arbitraries.oneOf(Arbitraries.of(HostileBytes.HEADERS), Arbitraries.just(LINK));
    return Arbitraries.maps(names, links()).ofMaxSize(4).map(Headers::of);
  }
}
