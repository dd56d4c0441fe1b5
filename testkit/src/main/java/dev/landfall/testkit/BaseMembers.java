package dev.landfall.testkit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * The members that every business event has, by the year of its platform.
 *
 * <p>Source: Microsoft's {@code business-events/system-business-events.md} and captured events.
 */
final class BaseMembers {

  private static final String NULL_DATE = "/Date(-2208988800000)/";
  private static final String NOBODY = "{00000000-0000-0000-0000-000000000000}";
  private static final DateTimeFormatter SEVEN_DIGITS = DateTimeFormatter.ofPattern(
          "uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT)
      .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter WHOLE_SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private BaseMembers() {}

  /** The first captured events: neither an id of their kind nor a control number. */
  static EventShape early2019() {
    return versioned().with("EventId", guids().map(BaseMembers::inBraces));
  }

  /** From autumn 2019 to 2021. */
  static EventShape since2019(Arbitrary<String> types) {
    return versioned()
        .with("EventId", guids().map(BaseMembers::upperCase))
        .with("BusinessEventId", types)
        .with("ControlNumber", recordIds());
  }

  /** Everything the platform writes by now. */
  static EventShape since2022(Arbitrary<String> types) {
    return since2019(types)
        .with("BusinessEventLegalEntity", Arbitraries.oneOf(companies(), Arbitraries.just("")))
        .with("ContextRecordSubject", mostly("", words()))
        .withTimed("EventTimeIso8601", SEVEN_DIGITS::format)
        .with("InitiatingUserAADObjectId", mostly(NOBODY, guids().map(BaseMembers::inBraces)))
        .with(
            "ParentContextRecordSubjects",
            mostly(List.of(), words().list().ofMaxSize(3)).injectNull(0.3));
  }

  private static EventShape versioned() {
    return EventShape.empty()
        .withTimed("EventTime", BaseMembers::dateOf)
        .with("MajorVersion", mostly(0, Arbitraries.integers().between(0, 9)))
        .with("MinorVersion", mostly(0, Arbitraries.integers().between(0, 9)));
  }

  /** Of the years in which there are such events, to the tenth of a microsecond. */
  static Arbitrary<Instant> times() {
    Arbitrary<Long> seconds = Arbitraries.longs()
        .between(secondsOf(2019), secondsOf(2040))
        .shrinkTowards(secondsOf(2030));
    return Combinators.combine(seconds, Arbitraries.integers().between(0, 9_999_999))
        .as((second, ticks) -> Instant.ofEpochSecond(second, ticks * 100L));
  }

  private static long secondsOf(int year) {
    return LocalDate.of(year, 1, 1).toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC);
  }

  /** Never that of zeros, and hardly ever one twice. */
  static Arbitrary<UUID> guids() {
    return Combinators.combine(
            Arbitraries.longs().withDistribution(RandomDistribution.uniform()),
            Arbitraries.longs().greaterOrEqual(1).withDistribution(RandomDistribution.uniform()))
        .as(UUID::new)
        .withoutEdgeCases();
  }

  static String inBraces(UUID guid) {
    return "{" + upperCase(guid) + "}";
  }

  static String upperCase(UUID guid) {
    return guid.toString().toUpperCase(Locale.ROOT);
  }

  static Arbitrary<String> companies() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, Arbitraries.of("usmf", "USMF", "demf", "dat", "SO01", "0031")),
        Tuple.of(1, Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(4)));
  }

  /** Beyond 32 bits, as those seen are. */
  static Arbitrary<Long> recordIds() {
    return Arbitraries.longs().between(5_637_144_576L, 68_719_999_999L);
  }

  /** Short texts that people typed. */
  static Arbitrary<String> words() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            4, Arbitraries.of("", "Vendor 1001", "Größe", "顧客 \uD83D\uDEA2", "a \"b\" \\ c/d")),
        Tuple.of(1, Arbitraries.strings().withCharRange(' ', '\u024F').ofMaxLength(20)));
  }

  static <T> Arbitrary<T> mostly(T value, Arbitrary<? extends T> others) {
    return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(value)), Tuple.of(1, others));
  }

  /** As .NET's serialiser writes a point in time: in whole seconds. */
  static String dateOf(Instant time) {
    return "/Date(%d000)/".formatted(time.getEpochSecond());
  }

  static String isoOf(Instant time) {
    return WHOLE_SECONDS.format(time);
  }

  /** A day near the event, at midnight. */
  static Arbitrary<EventShape.Value> days() {
    return Arbitraries.integers()
        .between(-30, 30)
        .shrinkTowards(0)
        .map(days -> time -> dateOf(time.truncatedTo(ChronoUnit.DAYS).plus(days, ChronoUnit.DAYS)));
  }

  static Arbitrary<EventShape.Value> dayOrNone() {
    return Arbitraries.oneOf(days(), Arbitraries.just(time -> NULL_DATE));
  }
}
