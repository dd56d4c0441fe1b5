package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Headers;
import dev.landfall.event.Payload;
import dev.landfall.event.RawEvent;
import dev.landfall.json.EventReader;
import dev.landfall.json.EventWriter;
import dev.landfall.json.Reading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What is sent is what is read, in whatever form it comes. */
class EventReadingProperties {

  private final EventReader reader = new EventReader();
  private final EventWriter writer = new EventWriter();

  @Provide
  Arbitrary<BusinessEvent> events() {
    return EventArbitraries.events();
  }

  @Provide
  Arbitrary<ExpectedDelivery> deliveries() {
    return EventArbitraries.deliveries();
  }

  @Property(tries = 2000)
  void anEventPrintedAndReadIsTheSame(@ForAll("events") BusinessEvent event) {
    BusinessEvent again = reader.read(writer.write(event));
    assertEquals(event, again);
    assertEquals(inOrder(event.payload()), inOrder(again.payload()));
    assertEquals(event.id(), again.id());
    assertEquals(event.time(), again.time());
    assertEquals(event.type(), again.type());
    assertEquals(event.legalEntity(), again.legalEntity());
  }

  @Property(tries = 2000)
  void anEventIsReadOutOfEveryDeliveryOfIt(@ForAll("deliveries") ExpectedDelivery delivery) {
    assertEquals(delivery.parts(), read(delivery));
  }

  @Property(tries = 1000)
  void anEventHasOneIdInAllItsDeliveries(
      @ForAll("oneEventTwice") List<ExpectedDelivery> deliveries) {
    assertEquals(
        1,
        deliveries.stream()
            .flatMap(delivery -> read(delivery).stream())
            .map(event -> event.map(BusinessEvent::id))
            .distinct()
            .count());
  }

  @Provide
  Arbitrary<List<ExpectedDelivery>> oneEventTwice() {
    return Arbitraries.oneOf(
        twice("{11111111-2222-3333-4444-55555555abcd}", "EntityName"),
        twice("11111111-2222-3333-4444-55555555ABCD", "BusinessEventId"),
        twice("Gr\u00F6\u00DFe #1 %41+", "LegalEntity"));
  }

  private static Arbitrary<List<ExpectedDelivery>> twice(String id, String member) {
    BusinessEvent event = BusinessEvent.of(
        Payload.of(Map.of("EventId", id, "EventTime", "/Date(1893456300000)/", member, "usmf")));
    return EventArbitraries.deliveriesOf(Arbitraries.just(event)).list().ofSize(2);
  }

  @Property(tries = 2000)
  void whatIsKeptOfADeliveryIsReadAgainWithoutHeadersAndNeighbours(
      @ForAll("deliveries") ExpectedDelivery delivery) {
    for (Reading reading : reader.readAll(delivery.body(), delivery.headers())) {
      Reading.Read read = (Reading.Read) reading;
      assertEquals(read.event(), reader.read(read.body()));
    }
  }

  @Property(tries = 2000)
  void unknownMembersSurviveInOrderAndValue(@ForAll("spelled") Spelled spelled) {
    BusinessEvent event = reader.read(RawEvent.of(spelled.json().getBytes(StandardCharsets.UTF_8)));
    assertEquals(inOrder(spelled.members()), inOrder(event.payload()));
  }

  record Spelled(Payload members, String json) {}

  @Provide
  Arbitrary<Spelled> spelled() {
    return Combinators.combine(
            CustomEvents.members(CustomEvents.values()),
            CustomEvents.members(CustomEvents.values()),
            Spelling.any())
        .as((before, after, spelling) -> {
          Payload.Builder members = before.toBuilder().with("EventId", "e-1");
          after.names().forEach(name -> members.with(name, after.value(name)));
          Payload all = members.with("EventTime", "/Date(1893456300000)/").build();
          return new Spelled(all, spelling.of(all));
        });
  }

  @Property(tries = 2000)
  void everyNumberThatIsReadIsReadAgainAfterPrinting(@ForAll("numbers") String number) {
    String json = "{\"EventId\":\"e-1\",\"EventTime\":\"2030-01-01\",\"n\":" + number + "}";
    if (readAlone(json, Headers.none()) instanceof Reading.Read read) {
      assertEquals(read.event(), reader.read(writer.write(read.event())));
    }
  }

  /** Up to a thousand characters, and an exponent that keeps the scale within its limit. */
  @Provide
  Arbitrary<String> numbers() {
    Arbitrary<Integer> lengths = Arbitraries.oneOf(
        Arbitraries.integers().between(1, 20), Arbitraries.integers().between(480, 500));
    return Combinators.combine(
            Arbitraries.of("", "-"),
            lengths,
            lengths,
            Arbitraries.of("123456789", "9", "0"),
            Arbitraries.of("", ".7", ".0", ".000000"),
            Arbitraries.oneOf(
                Arbitraries.integers().between(-10, 10),
                Arbitraries.of(99, -99, 100, -999, 1000, 8_500, -8_500),
                Arbitraries.integers().between(-8_500, 8_500)))
        .as((sign, whole, more, digits, fraction, exponent) -> {
          String first = digits.equals("0") ? "0" : digits.repeat(whole).substring(0, whole);
          String rest = fraction + (fraction.isEmpty() ? "" : "3".repeat(more));
          String power = exponent == 0 ? "" : "e" + exponent;
          int most = 1_000 - sign.length() - power.length();
          String number = first + rest;
          return sign + number.substring(0, Math.min(most, number.length())) + power;
        })
        .filter(number -> !number.contains(".e") && !number.endsWith("."));
  }

  @Property(tries = 1000)
  void whatIsKeptIsReadableHoweverManyValuesAndHeadersThereAre(
      @ForAll("nearlyTooMany") Integer values, @ForAll("completing") Headers headers) {
    String json = "{\"EventId\":\"e-1\",\"EventTime\":\"2030-01-01\",\"a\":["
        + "0,".repeat(values - 4)
        + "0]}";
    if (readAlone(json, headers) instanceof Reading.Read read) {
      assertEquals(read.event(), reader.read(read.body()));
    }
  }

  @Provide
  Arbitrary<Integer> nearlyTooMany() {
    return Arbitraries.integers().between(9_990, 10_002);
  }

  @Provide
  Arbitrary<Headers> completing() {
    return Arbitraries.maps(
            Arbitraries.of("BusinessEventId", "LegalEntity"),
            Arbitraries.oneOf(Arbitraries.just("usmf"), Arbitraries.just("x".repeat(1 << 21))))
        .map(Headers::of);
  }

  private Reading readAlone(String json, Headers headers) {
    return reader
        .readAll(RawEvent.of(json.getBytes(StandardCharsets.UTF_8)), headers)
        .get(0);
  }

  private List<Optional<BusinessEvent>> read(ExpectedDelivery delivery) {
    return reader.readAll(delivery.body(), delivery.headers()).stream()
        .map(reading -> reading instanceof Reading.Read read
            ? Optional.of(read.event())
            : Optional.<BusinessEvent>empty())
        .toList();
  }

  /** As lists, which differ where the order of members does. */
  private static Object inOrder(@Nullable Object value) {
    if (value instanceof Payload payload) {
      List<Object> members = new ArrayList<>();
      payload.names().forEach(name -> members.add(Map.entry(name, inOrder(payload.value(name)))));
      return members;
    }
    return value instanceof List<?> list
        ? list.stream().map(EventReadingProperties::inOrder).toList()
        : Optional.ofNullable(value);
  }
}
