package dev.landfall.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The values a payload can hold, and the lenient ways to read one.
 *
 * <p>Of numbers that are equal there is one form, so that payloads of one meaning are equal: a
 * whole number is a {@link Long}, or a {@link BigInteger} beyond 64 bits; one written with a
 * fraction or exponent is a {@link BigDecimal} of a scale other than 0.
 */
final class Values {

  /** Longer text is no number: reading one takes time that grows with the square of its length. */
  private static final int LONGEST_NUMBER = 1000;

  private static final UUID NOBODY = new UUID(0, 0);

  private Values() {}

  /** The one form of a value, copied if it could change. */
  static @Nullable Object normalised(@Nullable Object value) {
    return value == null
            || value instanceof String
            || value instanceof Long
            || value instanceof Boolean
            || value instanceof Payload
        ? value
        : converted(value);
  }

  private static Object converted(Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof BigInteger whole) {
      return whole.bitLength() < Long.SIZE ? whole.longValue() : (Object) whole;
    }
    if (value instanceof BigDecimal number) {
      return number.scale() == 0 ? converted(number.unscaledValue()) : number;
    }
    if (value instanceof Map<?, ?> nested) {
      Map<String, @Nullable Object> named = new LinkedHashMap<>();
      nested.forEach((name, inner) -> named.put(String.valueOf(name), inner));
      return Payload.of(named);
    }
    if (value instanceof List<?> list) {
      if (list.isEmpty()) {
        return List.of();
      }
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(normalised(element)));
      return Collections.unmodifiableList(copy);
    }
    throw new IllegalArgumentException(
        "A payload holds text, exact numbers, booleans, lists and payloads, not a %s."
            .formatted(value.getClass().getName()));
  }

  static Optional<String> text(@Nullable Object value) {
    if (value instanceof String text) {
      return Optional.of(text);
    }
    return value == null || value instanceof List || value instanceof Payload
        ? Optional.empty()
        : Optional.of(value.toString());
  }

  static OptionalLong integer(@Nullable Object value) {
    if (value instanceof Long whole) {
      return OptionalLong.of(whole);
    }
    return decimal(value)
        .map(number -> {
          try {
            return OptionalLong.of(number.longValueExact());
          } catch (ArithmeticException outOfRange) {
            return OptionalLong.empty();
          }
        })
        .orElseGet(OptionalLong::empty);
  }

  static Optional<BigDecimal> decimal(@Nullable Object value) {
    if (value instanceof BigDecimal number) {
      return Optional.of(number);
    }
    if (value instanceof Long whole) {
      return Optional.of(BigDecimal.valueOf(whole));
    }
    if (value instanceof BigInteger whole) {
      return Optional.of(new BigDecimal(whole));
    }
    if (value instanceof String text && text.length() <= LONGEST_NUMBER) {
      try {
        return Optional.of(new BigDecimal(text.strip()));
      } catch (NumberFormatException notANumber) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  static Optional<Instant> instant(@Nullable Object value) {
    return value instanceof String text ? Dates.read(text) : Optional.empty();
  }

  /** Of midnight UTC only: any other time would be lost. */
  static Optional<LocalDate> date(@Nullable Object value) {
    return instant(value)
        .map(instant -> instant.atOffset(ZoneOffset.UTC))
        .filter(time -> time.toLocalTime().equals(LocalTime.MIDNIGHT))
        .map(OffsetDateTime::toLocalDate);
  }

  static Optional<Boolean> bool(@Nullable Object value) {
    return text(value).flatMap(text -> switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> Optional.of(true);
      case "false", "no", "0" -> Optional.of(false);
      default -> Optional.empty();
    });
  }

  static Optional<UUID> guid(@Nullable Object value) {
    return value instanceof String text
        ? Guids.read(text.strip()).filter(guid -> !guid.equals(NOBODY))
        : Optional.empty();
  }

  static boolean isBlank(@Nullable Object value) {
    return value instanceof String text && text.isBlank();
  }

  static boolean isNullDate(@Nullable Object value) {
    return value instanceof String text && Dates.isNullDate(text);
  }

  static boolean isNobody(@Nullable Object value) {
    return value instanceof String text
        && Guids.read(text.strip()).filter(NOBODY::equals).isPresent();
  }

  static Optional<Payload> nested(@Nullable Object value) {
    return value instanceof Payload nested ? Optional.of(nested) : Optional.empty();
  }

  static List<@Nullable Object> elements(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return Collections.unmodifiableList(list);
    }
    return List.of();
  }
}
