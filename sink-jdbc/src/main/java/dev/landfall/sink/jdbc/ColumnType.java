package dev.landfall.sink.jdbc;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a column of a table takes.
 *
 * @param sqlType of {@link Types}, as the driver has it
 * @param kind how a text becomes a value for it
 * @param size the most characters or digits; a maximum that cannot be reached if there is none
 * @param scale digits after the point, of a number or of a second
 */
record ColumnType(int sqlType, Kind kind, int size, int scale) {

  /** Text of any length. */
  static final ColumnType TEXT = new ColumnType(Types.VARCHAR, Kind.TEXT, Integer.MAX_VALUE, 0);

  /** Of a column that nobody has looked at: the database makes of a text what it can. */
  static final ColumnType UNKNOWN = new ColumnType(Types.OTHER, Kind.TEXT, Integer.MAX_VALUE, 0);

  /** Digits of a second's fraction. */
  private static final int MICROS = 6;

  /** Characters of a time as text. */
  private static final int TIME_LENGTH = 27;

  /** One digit count for all, so that texts are in the order of their times. */
  private static final DateTimeFormatter TIME_TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);

  /** How a text becomes a value. */
  enum Kind {
    TEXT {
      @Override
      Object value(String text, ColumnType type, ValueRules rules) throws UnfitException {
        if (text.length() > type.size && text.codePointCount(0, text.length()) > type.size) {
          throw new UnfitException("a text of at most %d characters was expected, and this has %d"
              .formatted(type.size, text.codePointCount(0, text.length())));
        }
        return text;
      }
    },
    /** Anything that the database makes of a text itself, such as JSON or a UUID. */
    OTHER {
      @Override
      @Nullable
      Object value(String text, ColumnType type, ValueRules rules) {
        return text.isEmpty() ? null : text;
      }
    },
    WHOLE {
      @Override
      Object typed(String text, ColumnType type, ValueRules rules) throws UnfitException {
        try {
          long value = text.length() < 19 && isDigits(text)
              ? Long.parseLong(text)
              : rules.number(text).longValueExact();
          if (value < type.least() || value > type.most()) {
            throw UnfitException.of(
                "a whole number from %d to %d was expected".formatted(type.least(), type.most()),
                text);
          }
          return value;
        } catch (ArithmeticException fraction) {
          throw UnfitException.of("a whole number was expected", text);
        }
      }
    },
    DECIMAL {
      @Override
      Object typed(String text, ColumnType type, ValueRules rules) throws UnfitException {
        BigDecimal value = rules.number(text);
        BigDecimal shortest = value.stripTrailingZeros();
        if (type.size > 0
            && (shortest.scale() > type.scale
                || shortest.precision() - shortest.scale() > type.size - type.scale)) {
          throw UnfitException.of(
              "a number with at most %d digits before its point and %d after it was expected"
                  .formatted(type.size - type.scale, type.scale),
              text);
        }
        return value;
      }
    },
    FLOATING {
      @Override
      Object typed(String text, ColumnType type, ValueRules rules) throws UnfitException {
        double value = rules.number(text).doubleValue();
        if (Double.isInfinite(value)) {
          throw UnfitException.of("a smaller number was expected", text);
        }
        return value;
      }
    },
    TRUTH {
      @Override
      Object typed(String text, ColumnType type, ValueRules rules) throws UnfitException {
        return rules.truth(text);
      }
    },
    DAY {
      @Override
      @Nullable
      Object typed(String text, ColumnType type, ValueRules rules) throws UnfitException {
        return rules.day(text);
      }
    },
    TIME_OF_DAY {
      @Override
      Object typed(String text, ColumnType type, ValueRules rules) throws UnfitException {
        LocalTime time = rules.timeOfDay(text);
        type.checkFraction(time, text);
        return time;
      }
    },
    TIME {
      @Override
      @Nullable
      Object typed(String text, ColumnType type, ValueRules rules) throws UnfitException {
        LocalDateTime time = rules.time(text);
        if (time != null) {
          type.checkFraction(time.toLocalTime(), text);
        }
        return time;
      }
    },
    TIME_WITH_ZONE {
      @Override
      @Nullable
      Object typed(String text, ColumnType type, ValueRules rules) throws UnfitException {
        LocalDateTime time = (LocalDateTime) TIME.typed(text, type, rules);
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
      }
    };

    private boolean isTime() {
      return this == TIME_OF_DAY || this == TIME || this == TIME_WITH_ZONE;
    }

    /** {@return the value, or null for none} */
    @Nullable
    Object value(String text, ColumnType type, ValueRules rules) throws UnfitException {
      String bare = text.strip();
      return bare.isEmpty() ? null : typed(bare, type, rules);
    }

    /** {@return the value of a text that is not blank, or null if it stands for none} */
    @Nullable
    Object typed(String text, ColumnType type, ValueRules rules) throws UnfitException {
      return value(text, type, rules);
    }

    private static boolean isDigits(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) < '0' || text.charAt(i) > '9') {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * {@return what a column takes by what its driver tells of it}
   *
   * @param sqlType of {@link Types}
   * @param size characters or digits; 0 if it has no bounds
   */
  static ColumnType of(Dialect dialect, int sqlType, int size, int scale) {
    Kind kind = kindOf(sqlType);
    if (kind.isTime()) {
      int digits = dialect.keepsTimesAsText() ? MICROS : Math.max(scale, 0);
      return new ColumnType(sqlType, kind, size, digits);
    }
    boolean bounded = size > 0 && (kind != Kind.TEXT || dialect.keepsLengths());
    return new ColumnType(
        sqlType, kind, bounded || kind != Kind.TEXT ? size : Integer.MAX_VALUE, scale);
  }

  private static Kind kindOf(int sqlType) {
    return switch (sqlType) {
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.CLOB,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.NCLOB -> Kind.TEXT;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.WHOLE;
      case Types.NUMERIC, Types.DECIMAL -> Kind.DECIMAL;
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> Kind.FLOATING;
      case Types.BIT, Types.BOOLEAN -> Kind.TRUTH;
      case Types.DATE -> Kind.DAY;
      case Types.TIME -> Kind.TIME_OF_DAY;
      case Types.TIMESTAMP -> Kind.TIME;
      case Types.TIMESTAMP_WITH_TIMEZONE -> Kind.TIME_WITH_ZONE;
      default -> Kind.OTHER;
    };
  }

  private void checkFraction(LocalTime time, String text) throws UnfitException {
    int smallest = 1;
    for (int digits = scale; digits < 9; digits++) {
      smallest *= 10;
    }
    if (time.get(ChronoField.NANO_OF_SECOND) % smallest != 0) {
      throw UnfitException.of(
          "a time with at most %d digits of its second's fraction was expected".formatted(scale),
          text);
    }
  }

  private long least() {
    return switch (sqlType) {
      case Types.TINYINT -> Byte.MIN_VALUE;
      case Types.SMALLINT -> Short.MIN_VALUE;
      case Types.INTEGER -> Integer.MIN_VALUE;
      default -> Long.MIN_VALUE;
    };
  }

  private long most() {
    return switch (sqlType) {
      // Some databases have it without a sign.
      case Types.TINYINT -> 255;
      case Types.SMALLINT -> Short.MAX_VALUE;
      case Types.INTEGER -> Integer.MAX_VALUE;
      default -> Long.MAX_VALUE;
    };
  }

  /** {@return whether what {@link #time} answers goes in as it is} */
  boolean keepsTime() {
    return switch (kind) {
      case TIME, TIME_WITH_ZONE -> scale >= MICROS;
      case TEXT -> size >= TIME_LENGTH;
      case OTHER -> true;
      default -> false;
    };
  }

  /** {@return a point in time as the column takes it, cut to microseconds} */
  Object time(Instant instant) {
    LocalDateTime time =
        LocalDateTime.ofInstant(instant, ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    return switch (kind) {
      case TIME_WITH_ZONE -> time.atOffset(ZoneOffset.UTC);
      case TIME -> time;
      default -> text(time);
    };
  }

  /** {@return a time as text that sorts as its time does} */
  static String text(LocalDateTime time) {
    return TIME_TEXT.format(time);
  }

  /** {@return a date or time as a database that has none of them takes it} */
  static Object asText(Object value) {
    if (value instanceof LocalDateTime time) {
      return text(time);
    }
    if (value instanceof OffsetDateTime time) {
      return text(time.toLocalDateTime());
    }
    return value instanceof LocalDate || value instanceof LocalTime ? value.toString() : value;
  }
}
