package dev.landfall.testkit;

import dev.landfall.event.Payload;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Events of contracts that developers wrote: names are free text in X++, values are nested, and ids
 * have 64 bits.
 */
final class CustomEvents {

  private static final int DEEPEST = 3;

  private CustomEvents() {}

  static Arbitrary<Payload> any() {
    Arbitrary<String> types = Arbitraries.of("ContosoWorkOrderBusinessEvent", "Gr\u00F6\u00DFe 2");
    return Combinators.combine(members(values()), StandardEvents.sinceLate2019(types, base -> base))
        .as((own, base) -> {
          Payload.Builder event = own.toBuilder();
          base.names().forEach(name -> event.with(name, base.value(name)));
          return event.build();
        });
  }

  /** Any value that an event can hold, nested a few levels. */
  static Arbitrary<Object> values() {
    return Arbitraries.recursive(
        CustomEvents::scalars,
        inner -> Arbitraries.frequencyOf(
            Tuple.of(3, scalars()),
            Tuple.of(1, inner.list().ofMaxSize(3).map(list -> (Object) list)),
            Tuple.of(1, members(inner).map(payload -> (Object) payload))),
        0,
        DEEPEST);
  }

  static Arbitrary<Payload> members(Arbitrary<Object> values) {
    return Combinators.combine(names(), values)
        .as(Tuple::of)
        .list()
        .ofMaxSize(5)
        .map(members -> {
          Payload.Builder payload = Payload.builder();
          members.forEach(member -> payload.with(member.get1(), member.get2()));
          return payload.build();
        });
  }

  /**
   * Some look like one another; others have all that JSON has to escape, but no halves of surrogate
   * pairs, which readers refuse in names.
   */
  static Arbitrary<String> names() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            4,
            Arbitraries.of(
                "Work order GUID",
                "WorkOrderGUID",
                "workorderguid",
                "Work order GUID ",
                "",
                "EventID",
                "eventId",
                "Caf\u00E9",
                "Cafe\u0301",
                "\uFB01eld",
                "field",
                "a.b",
                "$ref",
                "__type",
                "key",
                "value",
                "Value",
                "\uD83D\uDEA2")),
        Tuple.of(1, texts().map(CustomEvents::ofWholeCharacters)));
  }

  private static String ofWholeCharacters(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Any text, halves of surrogate pairs among it. */
  static Arbitrary<String> texts() {
    Arbitrary<String> fragments = Arbitraries.of(
        "Gr\u00F6\u00DFe",
        "\u9867\u5BA2",
        "\uD83D\uDEA2",
        "\uD83D",
        "\uDEA2",
        "\"",
        "\\",
        "/",
        "\0",
        "\u001F",
        "\u007F",
        "\u2028",
        "\uFEFF",
        "\uFFFF",
        "{}",
        "[,]",
        " ",
        "\r\n",
        "<&>");
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.strings().ascii().ofMaxLength(30)),
        Tuple.of(2, fragments.list().ofMaxSize(6).map(parts -> String.join("", parts))),
        Tuple.of(1, Arbitraries.strings().all().ofMaxLength(10)));
  }

  private static Arbitrary<Object> scalars() {
    return Arbitraries.frequencyOf(List.of(
        Tuple.of(1, Arbitraries.of(true, false).asGeneric()),
        Tuple.of(3, texts().asGeneric()),
        Tuple.of(1, dates().asGeneric()),
        Tuple.of(2, Arbitraries.longs().asGeneric()),
        Tuple.of(2, decimals().asGeneric()),
        Tuple.of(
            1,
            Arbitraries.bigIntegers()
                .between(BigInteger.TEN.pow(80).negate(), BigInteger.TEN.pow(80))
                .asGeneric()),
        Tuple.of(1, Arbitraries.just((Object) "").injectNull(1)),
        Tuple.of(1, Arbitraries.just(new BigDecimal("-0.00")).asGeneric())));
  }

  private static Arbitrary<BigDecimal> decimals() {
    return Arbitraries.oneOf(
        StandardEvents.amounts(),
        Combinators.combine(
                Arbitraries.bigIntegers()
                    .between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40)),
                Arbitraries.integers().between(-9_000, 9_000))
            .as(BigDecimal::new));
  }

  private static Arbitrary<String> dates() {
    return Combinators.combine(
            BaseMembers.times(), Arbitraries.of("", "+0000", "-0700"), Arbitraries.of(true, false))
        .as((time, offset, iso) ->
            iso ? BaseMembers.isoOf(time) : BaseMembers.dateOf(time).replace(")", offset + ")"));
  }
}
