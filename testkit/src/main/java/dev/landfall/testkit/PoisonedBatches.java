package dev.landfall.testkit;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Headers;
import dev.landfall.event.RawEvent;
import dev.landfall.testkit.Envelopes.Sent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Batches in which some elements are no events. */
final class PoisonedBatches {

  private static final List<String> TELLING = List.of(
      "",
      " ",
      "null",
      "-12",
      "\"text, with ] and }\"",
      "{}",
      "[]",
      "[[{}]]",
      "{,}",
      "{\"a\":}",
      "{\"a\":[1 2]}",
      "{\"EventId\":\"x\"}",
      "{\"EventId\":7,\"EventTime\":\"noon\"}",
      "{\"EventId\":\"00000000-0000-0000-0000-000000000000\",\"EventTime\":\"2030-01-01\"}",
      "{\"specversion\":\"1.0\"}",
      "{\"eventType\":\"x\",\"data\":\"{\"}",
      "{\"specversion\":\"1.0\",\"data_base64\":\"%\"}",
      "[".repeat(200) + "]".repeat(200),
      "{\"a\":" + "9".repeat(2_000) + "}",
      "{\"a\":1e99999999999}",
      "{\"a\":[" + "0,".repeat(10_001) + "0]}");

  private PoisonedBatches() {}

  private record Element(RawEvent body, Optional<BusinessEvent> event) {}

  static Arbitrary<ExpectedDelivery> of(Arbitrary<Sent> events) {
    Arbitrary<Element> good = Envelopes.wrapped(events)
        .map(event -> new Element(
            RawEvent.of(event.spelling().of(event.json()).getBytes(StandardCharsets.UTF_8)),
            Optional.of(event.event())));
    Arbitrary<Element> poison = poison()
        .map(text ->
            new Element(RawEvent.of(text.getBytes(StandardCharsets.ISO_8859_1)), Optional.empty()));
    return Combinators.combine(
            good.list().ofMaxSize(2),
            poison,
            Arbitraries.oneOf(good, poison).list().ofMaxSize(3))
        .as((before, bad, after) -> {
          List<Element> all = new ArrayList<>(before);
          all.add(bad);
          all.addAll(after);
          return batch(all);
        });
  }

  private static ExpectedDelivery batch(List<Element> elements) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte separator = '[';
    for (Element element : elements) {
      bytes.write(separator);
      bytes.writeBytes(element.body().toByteArray());
      separator = ',';
    }
    bytes.write(']');
    return new ExpectedDelivery(
        "a poisoned batch",
        RawEvent.of(bytes.toByteArray()),
        Headers.none(),
        elements.stream().map(Element::event).toList());
  }

  /**
   * No event, but with as many brackets and quotes closed as opened; more would swallow neighbours
   * in any reader. One character is one byte.
   */
  private static Arbitrary<String> poison() {
    return Arbitraries.oneOf(Arbitraries.of(TELLING), soup());
  }

  private static Arbitrary<String> soup() {
    Arbitrary<String> nested = Arbitraries.recursive(
        PoisonedBatches::crumbs,
        inner -> Arbitraries.frequencyOf(
            Tuple.of(3, crumbs()),
            Tuple.of(1, joined(inner, ",").map(all -> "{" + all + "}")),
            Tuple.of(1, joined(inner, ",").map(all -> "[" + all + "]"))),
        0,
        4);
    return joined(nested, "");
  }

  private static Arbitrary<String> joined(Arbitrary<String> parts, String between) {
    return parts.list().ofMaxSize(4).map(all -> String.join(between, all));
  }

  private static Arbitrary<String> crumbs() {
    return Arbitraries.of(
        "EventId",
        "tru",
        "1e5",
        "0x",
        ":",
        "'",
        "//",
        "\u00FF",
        "\u00C3",
        "\u00ED\u00A0\u0080",
        "\u00C0\u0080",
        "\u00F4\u0090",
        "\"\"",
        "\"]}\"",
        "\"\\\"[{\"",
        "\"\\\\\"",
        "\"EventId\":1",
        "\t",
        "\u0007");
  }
}
