package dev.landfall.spi;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventType;
import dev.landfall.event.LegalEntity;
import dev.landfall.event.Redaction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger knows of an event without reading it: what landings are found by, set in order by
 * and told apart by. Free of secrets.
 *
 * @param type the event's type, or null; at most 512 characters
 * @param entity the data entity, or null; cut after 256 characters, control characters replaced
 * @param legalEntity the company in lower case, or null; at most 128 characters
 * @param controlNumber F&amp;O's control number, or null
 * @param time when it happened, whole milliseconds
 */
public record EventFacts(
    @Nullable String type,
    @Nullable String entity,
    @Nullable String legalEntity,
    @Nullable Long controlNumber,
    Instant time) {

  private static final int LONGEST_ENTITY = 256;

  /**
   * {@return what is to be known of an event}
   *
   * @param event the event
   */
  public static EventFacts of(BusinessEvent event) {
    OptionalLong number = event.controlNumber();
    return new EventFacts(
        event.type().map(EventType::value).orElse(null),
        event.entity().map(EventFacts::readable).orElse(null),
        event.legalEntity().map(LegalEntity::value).orElse(null),
        number.isPresent() ? number.getAsLong() : null,
        event.time().truncatedTo(ChronoUnit.MILLIS));
  }

  /** As databases and logs can take it. */
  private static String readable(String entity) {
    StringBuilder text = new StringBuilder();
    Redaction.of(entity)
        .codePoints()
        .limit(LONGEST_ENTITY)
        .map(point -> Character.isISOControl(point) || isHalf(point) ? 0xFFFD : point)
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  /** {@return the control number, if the event has one} */
  public Optional<Long> number() {
    return Optional.ofNullable(controlNumber);
  }

  /**
   * {@return whether two events are of one stream, in which control numbers grow: those of equal
   * type, entity and company}
   *
   * @param other of another event
   */
  public boolean sameStream(EventFacts other) {
    return Objects.equals(type, other.type)
        && Objects.equals(entity, other.entity)
        && Objects.equals(legalEntity, other.legalEntity);
  }
}
