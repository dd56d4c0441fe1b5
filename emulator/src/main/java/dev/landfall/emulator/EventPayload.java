package dev.landfall.emulator;

import dev.landfall.emulator.json.JsonText;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes events as F&amp;O does: one flat object, its members in alphabetical order, and properties
 * for where there is room for them.
 */
final class EventPayload {

  private static final String EXPORT = "NAVAXDMFExportBusinessEvent";
  private static final String TEST = "BusinessEventsTestEndpointContract";
  private static final String CATEGORY = "DIXF";
  private static final long FIRST_CONTROL_NUMBER = 5_637_144_576L;
  private static final long FIRST_RECORD = 68_719_476_736L;
  private static final int WIDEST_GAP = 5;
  private static final DateTimeFormatter SEVEN_DIGITS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final EventForm form;
  private final String user = braced(newGuid());
  private final AtomicLong controlNumber;
  private final AtomicLong recordId;

  /** The clock makes numbers go on rising when an emulator is started again. */
  EventPayload(EventForm form, Clock clock) {
    this.form = form;
    long seconds = clock.instant().getEpochSecond();
    this.controlNumber = new AtomicLong(FIRST_CONTROL_NUMBER + seconds);
    this.recordId = new AtomicLong(FIRST_RECORD + seconds);
  }

  static String newGuid() {
    return UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
  }

  RaisedEvent export(
      String eventId, Instant time, String entity, String legalEntity, int records, String link) {
    Map<String, Object> members = form == EventForm.CURRENT
        ? currentBase(EXPORT, eventId, time, legalEntity, nextControlNumber())
        : base(braced(eventId), time);
    members.put("DownloadURL", link);
    members.put("EntityName", entity);
    members.put("LegalEntity", legalEntity);
    members.put("NoOfRecords", records);
    members.put("OperationType", "Export");
    members.put("ProjectCategory", "Integration");
    members.put("RecId", recordId.incrementAndGet());
    return new RaisedEvent(
        eventId,
        JsonText.object(members),
        properties(EXPORT, CATEGORY, eventId, time, legalEntity));
  }

  /** Only its type tells a test event from others, so it has one in every form. */
  RaisedEvent test(String eventId, Instant time) {
    return new RaisedEvent(
        eventId,
        JsonText.object(currentBase(TEST, eventId, time, "", Long.MIN_VALUE)),
        properties(TEST, "", eventId, time, ""));
  }

  private long nextControlNumber() {
    return controlNumber.addAndGet(ThreadLocalRandom.current().nextInt(1, WIDEST_GAP + 1));
  }

  private Map<String, Object> currentBase(
      String type, String eventId, Instant time, String legalEntity, long number) {
    Map<String, Object> members = base(eventId, time);
    members.put("BusinessEventId", type);
    members.put("BusinessEventLegalEntity", legalEntity);
    members.put("ContextRecordSubject", "");
    members.put("ControlNumber", number);
    members.put("EventTimeIso8601", SEVEN_DIGITS.format(time));
    members.put("InitiatingUserAADObjectId", user);
    members.put("ParentContextRecordSubjects", List.of());
    return members;
  }

  /** In every form, since nobody knows that they changed over the years. */
  private static Map<String, String> properties(
      String type, String category, String eventId, Instant time, String legalEntity) {
    var properties = new LinkedHashMap<String, String>();
    properties.put("EventId", eventId);
    properties.put("BusinessEventId", type);
    properties.put("BusinessEventCategory", category);
    properties.put("LegalEntity", legalEntity);
    properties.put("EventTime", SEVEN_DIGITS.format(time));
    properties.values().removeIf(String::isEmpty);
    return Collections.unmodifiableMap(properties);
  }

  private static Map<String, Object> base(String eventId, Instant time) {
    var members = new TreeMap<String, Object>();
    members.put("EventId", eventId);
    members.put("EventTime", "/Date(" + time.getEpochSecond() + "000)/");
    members.put("MajorVersion", 0);
    members.put("MinorVersion", 0);
    return members;
  }

  private static String braced(String guid) {
    return "{" + guid + "}";
  }
}
