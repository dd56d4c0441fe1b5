package dev.landfall.testkit;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Headers;
import dev.landfall.event.RawEvent;
import dev.landfall.testkit.Envelopes.Attributes;
import dev.landfall.testkit.Envelopes.Sent;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Events as the bytes and headers in which they arrive. */
final class Deliveries {

  private Deliveries() {}

  /** Of any kind of event. */
  static Arbitrary<ExpectedDelivery> of(Arbitrary<Sent> events) {
    Arbitrary<Sent> wrapped = Envelopes.wrapped(Envelopes.wrapped(events));
    Arbitrary<ExpectedDelivery> batches =
        wrapped.list().ofMinSize(1).ofMaxSize(4).map(Deliveries::batch);
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(3, wrapped.map(Deliveries::single)),
                Tuple.of(2, withHeaders(events)),
                Tuple.of(2, batches)),
            encodings())
        .as(Deliveries::encoded);
  }

  private static ExpectedDelivery single(Sent event) {
    return new ExpectedDelivery(
        event.form(), textOf(event), Headers.none(), List.of(Optional.of(event.event())));
  }

  private static ExpectedDelivery batch(List<Sent> events) {
    List<String> texts =
        events.stream().map(event -> event.spelling().of(event.json())).toList();
    return new ExpectedDelivery(
        "a batch of " + events.stream().map(Sent::form).toList(),
        RawEvent.of(events.get(0).spelling().array(texts).getBytes(StandardCharsets.UTF_8)),
        Headers.of(Map.of("aeg-event-type", "Notification", "aeg-delivery-count", "0")),
        events.stream().map(event -> Optional.of(event.event())).toList());
  }

  private static RawEvent textOf(Sent event) {
    return RawEvent.of(event.spelling().of(event.json()).getBytes(StandardCharsets.UTF_8));
  }

  private static Arbitrary<ExpectedDelivery> withHeaders(Arbitrary<Sent> events) {
    List<BiFunction<Sent, Attributes, ExpectedDelivery>> forms = List.of(
        (event, beside) -> binary(event, beside, "ce-", Deliveries::percent),
        (event, beside) -> binary(event, beside, "CE-", Deliveries::percent),
        (event, beside) -> binary(event, beside, "cloudEvents:", UnaryOperator.identity()),
        (event, beside) -> binary(event, beside, "cloudEvents_", UnaryOperator.identity()),
        Deliveries::properties);
    return Combinators.combine(events, Envelopes.attributes(), Arbitraries.of(forms))
        .as((event, beside, form) -> form.apply(event, beside));
  }

  private static ExpectedDelivery binary(
      Sent event, Attributes beside, String prefix, UnaryOperator<String> encoding) {
    return new ExpectedDelivery(
        "binary CloudEvent by " + prefix + " of " + event.form(),
        textOf(event),
        Headers.of(Map.of(
            prefix + "specversion",
            "1.0",
            prefix + "id",
            beside.id(),
            prefix + "source",
            encoding.apply(beside.source()),
            prefix + "type",
            encoding.apply(beside.type()),
            prefix + "time",
            beside.time(),
            "Content-Type",
            "application/json; charset=utf-8")),
        List.of(Optional.of(
            beside.completing(event.event(), event.ownId() ? null : beside.cloudEventId(), null))));
  }

  private static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** As a queue's message carries them for the filters of subscriptions. */
  private static ExpectedDelivery properties(Sent event, Attributes beside) {
    BusinessEvent expected =
        beside.completing(event.event(), event.ownId() ? null : beside.id(), beside.legalEntity());
    return new ExpectedDelivery(
        "application properties of " + event.form(),
        textOf(event),
        Headers.of(Map.of(
            "EventId", event.ownId() ? event.event().id().value() : beside.id(),
            "BusinessEventId", beside.type(),
            "BusinessEventCategory", "DIXF",
            "LegalEntity", beside.legalEntity(),
            "EventTime", beside.time())),
        List.of(Optional.of(expected)));
  }

  /** Nearly always UTF-8. */
  private static Arbitrary<Tuple.Tuple2<String, Boolean>> encodings() {
    return Combinators.combine(
            BaseMembers.mostly(
                "UTF-8", Arbitraries.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")),
            BaseMembers.mostly(false, Arbitraries.just(true)))
        .as(Tuple::of);
  }

  private static ExpectedDelivery encoded(
      ExpectedDelivery delivery, Tuple.Tuple2<String, Boolean> encoding) {
    String text = new String(delivery.body().toByteArray(), StandardCharsets.UTF_8);
    String marked = (encoding.get2() ? "\uFEFF" : "") + text;
    return new ExpectedDelivery(
        delivery.form() + " in " + encoding.get1(),
        RawEvent.of(marked.getBytes(Charset.forName(encoding.get1()))),
        delivery.headers(),
        delivery.parts());
  }
}
