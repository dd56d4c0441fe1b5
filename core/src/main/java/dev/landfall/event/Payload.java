package dev.landfall.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object of an event, by name and in order, every unknown one kept.
 *
 * <p>The readers are lenient: each tells whether a member can be read that way, and none throws.
 * F&amp;O writes whole amounts as integers, ids beyond 32 bits, dates in two notations and 1900 for
 * "no date"; the readers know all that.
 *
 * <p>{@link #toString} shows names and no values, because a value may be a signed link.
 */
public final class Payload {

  private static final Payload EMPTY = new Payload(Map.of());

  private final Map<String, @Nullable Object> members;

  private Payload(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  /**
   * Makes a payload of members.
   *
   * @param members name to value, iterated in order; a value is a {@link String}, {@link Boolean},
   *     {@link Integer}, {@link Long}, {@link BigInteger}, {@link BigDecimal}, {@link Payload}, a
   *     {@link Map} of the same kind, a {@link List} of these, or null
   * @return the payload, which keeps a copy
   * @throws IllegalArgumentException if a value is of another class
   */
  public static Payload of(Map<String, ? extends @Nullable Object> members) {
    if (members.isEmpty()) {
      return EMPTY;
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(members.size() * 2);
    members.forEach((name, value) -> copy.put(name, copyOf(value)));
    return new Payload(copy);
  }

  private static @Nullable Object copyOf(@Nullable Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Payload
        || value instanceof Integer
        || value instanceof Long
        || value instanceof BigInteger
        || value instanceof BigDecimal) {
      return value;
    }
    if (value instanceof Map<?, ?> nested) {
      Map<String, @Nullable Object> named = new LinkedHashMap<>(nested.size() * 2);
      nested.forEach((name, inner) -> named.put(String.valueOf(name), inner));
      return of(named);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(copyOf(element)));
      return Collections.unmodifiableList(copy);
    }
    throw new IllegalArgumentException(
        "A payload holds text, numbers, booleans, lists and payloads, not a %s."
            .formatted(value.getClass().getName()));
  }

  /** {@return the names of all members, in order} */
  public Set<String> names() {
    return Collections.unmodifiableSet(members.keySet());
  }

  /**
   * {@return whether there is a member of this name, even if it is null}
   *
   * @param name exact name
   */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /**
   * Reads a member as text; numbers and booleans are written out as in JSON.
   *
   * @param name exact name
   * @return the text, which may be blank; empty if absent, null, a list or nested
   */
  public Optional<String> text(String name) {
    Object value = members.get(name);
    return value == null || value instanceof List || value instanceof Payload
        ? Optional.empty()
        : Optional.of(value.toString());
  }

  /**
   * Reads a member as a whole number of 64 bits; text that spells one counts.
   *
   * @param name exact name
   * @return the number; empty if absent, of another kind, with a fraction or out of range
   */
  public OptionalLong integer(String name) {
    return decimal(name)
        .map(number -> {
          try {
            return OptionalLong.of(number.longValueExact());
          } catch (ArithmeticException outOfRange) {
            return OptionalLong.empty();
          }
        })
        .orElseGet(OptionalLong::empty);
  }

  /**
   * Reads a member as a number; text that spells one counts.
   *
   * @param name exact name
   * @return the number; empty if absent or of another kind
   */
  public Optional<BigDecimal> decimal(String name) {
    Object value = members.get(name);
    if (value instanceof BigDecimal number) {
      return Optional.of(number);
    }
    if (value instanceof Number || value instanceof String) {
      try {
        return Optional.of(new BigDecimal(value.toString().strip()));
      } catch (NumberFormatException notANumber) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a member as a point in time: {@code /Date(ms)/}, {@code /Date(ms+hhmm)/} (the offset is
   * for display only) or ISO 8601 with up to nine digits of a second.
   *
   * @param name exact name
   * @return the instant; empty if absent, of another form, or F&amp;O's null date 1900-01-01
   */
  public Optional<Instant> instant(String name) {
    return members.get(name) instanceof String text ? Dates.read(text) : Optional.empty();
  }

  /**
   * Reads a nested object.
   *
   * @param name exact name
   * @return its members; empty if absent or of another kind
   */
  public Optional<Payload> nested(String name) {
    return members.get(name) instanceof Payload nested ? Optional.of(nested) : Optional.empty();
  }

  /**
   * Hands over every member, in order, as {@link #of} takes it.
   *
   * @param reader receives each name and value; a value may be null
   */
  public void forEach(BiConsumer<String, @Nullable Object> reader) {
    members.forEach(reader);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Payload payload && members.equals(payload.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return "Payload" + members.keySet();
  }
}
