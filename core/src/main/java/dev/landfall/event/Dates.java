package dev.landfall.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The two date notations of F&amp;O.
 *
 * <p>{@code /Date(ms)/} is what .NET's DataContractJsonSerializer writes for a {@code utcdatetime};
 * Dataverse adds an offset inside, which does not shift the instant (Microsoft's
 * {@code use-webhooks.md}).
 */
final class Dates {

  private static final Pattern EPOCH_MILLIS =
      Pattern.compile("/Date\\((-?\\d{1,15})(?:[+-]\\d{4})?\\)/");

  /** What X++ stores for "no date". */
  private static final Instant NULL_DATE = Instant.parse("1900-01-01T00:00:00Z");

  private Dates() {}

  static Optional<Instant> read(String text) {
    return parse(text.strip()).filter(instant -> !instant.equals(NULL_DATE));
  }

  private static Optional<Instant> parse(String text) {
    var epochMillis = EPOCH_MILLIS.matcher(text);
    if (epochMillis.matches()) {
      return Optional.of(Instant.ofEpochMilli(Long.parseLong(epochMillis.group(1))));
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException otherForm) {
      return Optional.empty();
    }
  }
}
