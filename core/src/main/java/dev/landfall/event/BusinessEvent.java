package dev.landfall.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One notification of F&amp;O: the members every event has, read and normalised, and the whole
 * payload.
 *
 * <p>Only the id and the time are in every event of every year; all else may be absent. Source of
 * names and forms: Microsoft's {@code business-events/system-business-events.md} and captured
 * events from 2019 on.
 *
 * <p>Two events are equal when their payloads are.
 */
public final class BusinessEvent {

  private final EventId id;
  private final Instant time;
  private final @Nullable EventType type;
  private final @Nullable LegalEntity legalEntity;
  private final Payload payload;

  private BusinessEvent(
      EventId id,
      Instant time,
      @Nullable EventType type,
      @Nullable LegalEntity legalEntity,
      Payload payload) {
    this.id = id;
    this.time = time;
    this.type = type;
    this.legalEntity = legalEntity;
    this.payload = payload;
  }

  /**
   * Reads the base members out of a payload.
   *
   * @param payload the flat object that F&amp;O sends
   * @return the event
   * @throws MalformedEventException if {@code EventId} or {@code EventTime} is missing or
   *     unreadable, or if type or company are no words
   */
  public static BusinessEvent of(Payload payload) {
    return new BusinessEvent(
        word(payload, "EventId", EventId::new)
            .orElseThrow(() -> new MalformedEventException(
                "A business event has a member EventId; this object has the members "
                    + Names.shown(payload.names())
                    + ".")),
        readTime(payload),
        word(payload, "BusinessEventId", EventType::new).orElse(null),
        word(payload, "BusinessEventLegalEntity", LegalEntity::new)
            .or(() -> word(payload, "LegalEntity", LegalEntity::new))
            .orElse(null),
        payload);
  }

  private static <T> Optional<T> word(Payload payload, String name, Function<String, T> reading) {
    Optional<String> text = notBlank(payload, name);
    try {
      return text.map(reading);
    } catch (IllegalArgumentException unusable) {
      throw new MalformedEventException(
          "The member %s is unusable. %s".formatted(name, unusable.getMessage()));
    }
  }

  private static Instant readTime(Payload payload) {
    return payload
        .instant("EventTimeIso8601")
        .or(() -> payload.instant("EventTime"))
        .orElseThrow(() -> new MalformedEventException(
            "A business event has a member EventTime such as /Date(1893456300000)/, or"
                + " EventTimeIso8601 in ISO 8601; "
                + (payload.has("EventTime") || payload.has("EventTimeIso8601")
                    ? "it is there, but unreadable or the null date 1900-01-01, as in the catalog's schema sample."
                    : "this object has the members " + Names.shown(payload.names()) + ".")));
  }

  private static Optional<String> notBlank(Payload payload, String name) {
    return payload.text(name).filter(text -> !text.isBlank());
  }

  /** {@return the identity, the same for every delivery of this event} */
  public EventId id() {
    return id;
  }

  /**
   * {@return when it happened, in UTC; the seven digits of {@code EventTimeIso8601} where the event
   * has it, whole seconds otherwise}
   */
  public Instant time() {
    return time;
  }

  /** {@return the {@code BusinessEventId}; events of 2019 have none} */
  public Optional<EventType> type() {
    return Optional.ofNullable(type);
  }

  /**
   * {@return the company: {@code BusinessEventLegalEntity}, else the event's own
   * {@code LegalEntity}; some events have neither}
   */
  public Optional<LegalEntity> legalEntity() {
    return Optional.ofNullable(legalEntity);
  }

  /**
   * {@return the control number: it grows with gaps and helps to spot events out of order, but is
   * no sequence}
   */
  public OptionalLong controlNumber() {
    return payload.integer("ControlNumber");
  }

  /**
   * {@return the version of the event's contract, if it tells; {@code 0.0} in nearly every event}
   */
  public Optional<EventVersion> version() {
    OptionalLong major = payload.integer("MajorVersion");
    OptionalLong minor = payload.integer("MinorVersion");
    return major.isPresent() && minor.isPresent()
        ? Optional.of(new EventVersion(major.getAsLong(), minor.getAsLong()))
        : Optional.empty();
  }

  /** {@return who caused it, as an object id of Entra; empty before 2022 and when unknown} */
  public Optional<UUID> initiatingUser() {
    return payload.guid("InitiatingUserAADObjectId");
  }

  /** {@return what it is about; mostly absent, and so before 2022} */
  public Optional<String> contextRecordSubject() {
    return notBlank(payload, "ContextRecordSubject");
  }

  /** {@return what that belongs to; mostly none, and none before 2022} */
  public List<String> parentContextRecordSubjects() {
    return payload.texts("ParentContextRecordSubjects");
  }

  /** {@return the label of the exported data entity, such as {@code Customer groups}, if any} */
  public Optional<String> entity() {
    return notBlank(payload, "EntityName");
  }

  /** {@return all members, those above among them} */
  public Payload payload() {
    return payload;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BusinessEvent event && payload.equals(event.payload);
  }

  @Override
  public int hashCode() {
    return payload.hashCode();
  }

  @Override
  public String toString() {
    return "%s %s%s%s"
        .formatted(
            type == null ? "event" : type,
            id,
            entity().map(label -> ", " + Names.printable(label)).orElse(""),
            legalEntity == null ? "" : " of " + legalEntity);
  }
}
