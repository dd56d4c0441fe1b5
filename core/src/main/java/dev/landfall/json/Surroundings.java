package dev.landfall.json;

import dev.landfall.event.Headers;
import dev.landfall.event.Payload;
import dev.landfall.file.Sha256;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What lies around an event and stands in for base members that it lacks.
 *
 * @param id for {@code EventId}
 * @param time for {@code EventTimeIso8601}, in either notation
 * @param type for {@code BusinessEventId}
 * @param kind for {@code BusinessEventId} of an event without an id, which is not F&amp;O's own:
 *     what its envelope calls it
 * @param legalEntity for {@code BusinessEventLegalEntity}
 * @param entity for {@code EntityName}
 */
record Surroundings(
    @Nullable String id,
    @Nullable String time,
    @Nullable String type,
    @Nullable String kind,
    @Nullable String legalEntity,
    @Nullable String entity) {

  static final Surroundings NONE = new Surroundings(null, null, null, null, null, null);

  private static final String HTTP_PREFIX = "ce-";

  /** How the HTTP and AMQP bindings of CloudEvents 1.0 mark its attributes. */
  private static final List<String> CLOUD_EVENT_PREFIXES =
      List.of(HTTP_PREFIX, "cloudEvents:", "cloudEvents_");

  private static final int LONGEST_ID = 128;

  /** The attributes of a binary CloudEvent, or what F&amp;O's own properties tell. */
  static Surroundings of(Headers headers) {
    for (String prefix : CLOUD_EVENT_PREFIXES) {
      if (headers.get(prefix + "specversion").isPresent()) {
        return cloudEvent(
            attribute(headers, prefix, "id"),
            attribute(headers, prefix, "source"),
            attribute(headers, prefix, "time"),
            attribute(headers, prefix, "type"));
      }
    }
    return new Surroundings(
        filled(headers.get("EventId")),
        filled(headers.get("EventTime")),
        filled(headers.get("BusinessEventId")),
        null,
        filled(headers.get("LegalEntity")),
        null);
  }

  /**
   * The attributes of a CloudEvent, whose id is unique within its source alone unless it is a GUID.
   */
  static Surroundings cloudEvent(
      @Nullable String id, @Nullable String source, @Nullable String time, @Nullable String type) {
    return enveloped(id == null ? null : identity(id, source), time, type);
  }

  /** What any envelope tells. */
  static Surroundings enveloped(@Nullable String id, @Nullable String time, @Nullable String kind) {
    return new Surroundings(id, time, null, kind, null, null);
  }

  private static String identity(String id, @Nullable String source) {
    if (isGuid(id)) {
      return id;
    }
    String qualified = (source == null ? "" : source) + "#" + id;
    return qualified.length() <= LONGEST_ID
        ? qualified
        : Sha256.of(qualified.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /**
   * Reading a GUID is lenient: any five groups of digits, such as a date and a time, pass for one.
   */
  private static boolean isGuid(String id) {
    try {
      return UUID.fromString(id).toString().equalsIgnoreCase(id);
    } catch (IllegalArgumentException otherwise) {
      return false;
    }
  }

  /** An attribute beside a body: HTTP alone percent-encodes blanks and all but ASCII. */
  private static @Nullable String attribute(Headers headers, String prefix, String name) {
    String value = filled(headers.get(prefix + name));
    if (value == null || !prefix.equals(HTTP_PREFIX)) {
      return value;
    }
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }

  /** The text, or null if there is none but blanks. */
  static @Nullable String filled(Optional<String> text) {
    return text.filter(it -> !it.isBlank()).orElse(null);
  }

  boolean isEmpty() {
    return equals(NONE);
  }

  /** These, and where they say nothing, the others. */
  Surroundings within(Surroundings outer) {
    return new Surroundings(
        id != null ? id : outer.id,
        time != null ? time : outer.time,
        type != null ? type : outer.type,
        kind != null ? kind : outer.kind,
        legalEntity != null ? legalEntity : outer.legalEntity,
        entity != null ? entity : outer.entity);
  }

  Surroundings withId(Supplier<String> other) {
    return id != null ? this : new Surroundings(other.get(), time, type, kind, legalEntity, entity);
  }

  /** The event with what it lacks, each new member at the end. */
  Payload complete(Payload event) {
    Payload.Builder completed = event.toBuilder();
    add(completed, event, "EventId", id);
    add(completed, event, "BusinessEventId", type == null && lacks(event, "EventId") ? kind : type);
    add(completed, event, "EntityName", entity);
    if (lacks(event, "LegalEntity")) {
      add(completed, event, "BusinessEventLegalEntity", legalEntity);
    }
    if (time != null && event.instant("EventTime").isEmpty()) {
      event
          .instant("EventTimeIso8601")
          .ifPresentOrElse(known -> {}, () -> completed.with("EventTimeIso8601", time));
    }
    return completed.build();
  }

  private static void add(
      Payload.Builder completed, Payload event, String name, @Nullable String value) {
    if (value != null && lacks(event, name)) {
      completed.with(name, value);
    }
  }

  private static boolean lacks(Payload event, String name) {
    return filled(event.text(name)) == null;
  }
}
