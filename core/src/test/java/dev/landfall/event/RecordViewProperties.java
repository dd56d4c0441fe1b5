package dev.landfall.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written as F&O writes it is read as it was. */
class RecordViewProperties {

  enum Status {
    NOT_RUN,
    PARTIALLY_SUCCEEDED
  }

  record Line(
      String item, BigDecimal amount, Optional<Instant> due, Status status, List<Line> parts) {}

  @Property(tries = 1000)
  void whatIsWrittenIsRead(@ForAll("lines") Line line) {
    assertEquals(line, Payload.of(written(line)).as(Line.class));
  }

  @Property(tries = 1000)
  void theCaseOfMembersDoesNotMatter(@ForAll("lines") Line line) {
    Payload.Builder shouted = Payload.builder();
    written(line).forEach((name, value) -> shouted.with(name.toUpperCase(Locale.ROOT), value));
    assertEquals(line, shouted.build().as(Line.class));
  }

  private static Map<String, Object> written(Line line) {
    return Map.of(
        "Item", line.item(),
        "Amount", line.amount(),
        "Due",
            "/Date(%d)/".formatted(line.due().map(Instant::toEpochMilli).orElse(-2208988800000L)),
        "Status", line.status().name().replace("_", " "),
        "Parts", line.parts().stream().map(RecordViewProperties::written).toList());
  }

  @Provide
  Arbitrary<Line> lines() {
    return lines(2);
  }

  private static Arbitrary<Line> lines(int depth) {
    return Combinators.combine(
            Arbitraries.strings().ofMaxLength(9),
            Arbitraries.bigDecimals().between(BigDecimal.ONE.negate(), BigDecimal.TEN),
            Arbitraries.longs()
                .between(0, 4_000_000_000_000L)
                .map(Instant::ofEpochMilli)
                .optional(),
            Arbitraries.of(Status.class),
            depth == 0
                ? Arbitraries.just(List.<Line>of())
                : lines(depth - 1).list().ofMaxSize(3))
        .as(Line::new);
  }
}
