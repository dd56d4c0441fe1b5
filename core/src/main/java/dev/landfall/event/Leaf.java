package dev.landfall.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a single value.
 *
 * @param expected what it reads
 * @param reading empty if the value does not read so
 * @param nothing whether a value stands for none
 */
record Leaf(
    String expected, Function<Object, ? extends Optional<?>> reading, Predicate<Object> nothing)
    implements ValueReader {

  /** Readers of the types that are known by name. */
  private static final Map<Class<?>, ValueReader> KNOWN = known();

  /** One for which blank text stands for none. */
  static Leaf of(String expected, Function<Object, ? extends Optional<?>> reading) {
    return new Leaf(expected, reading, Values::isBlank);
  }

  static Optional<ValueReader> of(Class<?> type) {
    return Optional.ofNullable(KNOWN.get(type));
  }

  @Override
  public @Nullable Object read(@Nullable Object value, Place place) {
    if (value == null || nothing.test(value)) {
      return null;
    }
    return reading
        .apply(value)
        .<Object>map(read -> read)
        .orElseThrow(() -> place.unreadable(expected, value));
  }

  private static Map<Class<?>, ValueReader> known() {
    Leaf whole = of("a whole number of 64 bits", value -> boxed(Values.integer(value)));
    Leaf shorter = of(
        "a whole number of 32 bits",
        value -> boxed(Values.integer(value))
            .filter(number -> number == number.intValue())
            .map(Long::intValue));
    Leaf yesOrNo = of("a yes or no (true, Yes, 1 or their opposites)", Values::bool);
    Leaf floating = of(
        "a number in the range of a double",
        value -> Values.decimal(value).map(BigDecimal::doubleValue).filter(Double::isFinite));
    Map<Class<?>, ValueReader> known = new HashMap<>();
    known.put(String.class, new Leaf("text", Values::text, value -> false));
    known.put(long.class, whole);
    known.put(Long.class, whole);
    known.put(OptionalLong.class, new Wrapped(whole, Leaf::optionalLong));
    known.put(int.class, shorter);
    known.put(Integer.class, shorter);
    known.put(OptionalInt.class, new Wrapped(shorter, Leaf::optionalInt));
    known.put(boolean.class, yesOrNo);
    known.put(Boolean.class, yesOrNo);
    known.put(double.class, floating);
    known.put(Double.class, floating);
    known.put(BigDecimal.class, of("a number", Values::decimal));
    known.put(
        Instant.class,
        new Leaf(
            "a time such as /Date(1893456300000)/ or 2030-01-01T00:05:00Z",
            Values::instant,
            value -> Values.isBlank(value) || Values.isNullDate(value)));
    known.put(
        LocalDate.class,
        new Leaf(
            "a date at midnight UTC such as /Date(1893456000000)/ or 2030-01-01",
            Values::date,
            value -> Values.isBlank(value) || Values.isNullDate(value)));
    known.put(
        UUID.class,
        new Leaf("a GUID", Values::guid, value -> Values.isBlank(value) || Values.isNobody(value)));
    known.put(Payload.class, of("an object", Values::nested));
    return known;
  }

  private static Optional<Long> boxed(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }

  private static OptionalLong optionalLong(@Nullable Object number) {
    return number instanceof Long present ? OptionalLong.of(present) : OptionalLong.empty();
  }

  private static OptionalInt optionalInt(@Nullable Object number) {
    return number instanceof Integer present ? OptionalInt.of(present) : OptionalInt.empty();
  }
}
