package dev.landfall.transport.finops;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventType;
import dev.landfall.event.Payload;
import dev.landfall.event.RawEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.json.EventWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The event of one execution of a data project: how it ended, and by which id its package is found.
 */
final class RunEvent {

  static final String EXECUTION = "ExecutionId";

  private static final String STATUS = "ExecutionStatus";
  private static final String ERRORS = "ExecutionErrors";
  private static final Set<String> WITHOUT_PACKAGE = Set.of("Failed", "Canceled", "NotFound");
  private static final EventWriter WRITER = new EventWriter();

  private RunEvent() {}

  /** {@return the id of the event of an execution, the same whoever makes it} */
  static String id(FinopsEnvironment environment, String execution) {
    String text = environment + "\n" + execution;
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
        .toString()
        .toUpperCase(Locale.ROOT);
  }

  /**
   * {@return the event}
   *
   * @param id of the event
   * @param at when the execution was begun
   * @param facts its members besides
   * @param status how it ended, in F&amp;O's word
   * @param errors what F&amp;O says of it, empty for nothing
   */
  static RawEvent of(
      String id, Instant at, Map<String, String> facts, String status, String errors) {
    Payload.Builder event = Payload.builder()
        .with("BusinessEventId", EventType.EXPORT.value())
        .with("EventId", id)
        .with("EventTimeIso8601", at.toString())
        .with("OperationType", "Export")
        .with("ProjectCategory", "Integration");
    facts.forEach(event::with);
    event.with(STATUS, status);
    if (!errors.isEmpty()) {
      event.with(ERRORS, errors);
    }
    return RawEvent.of(WRITER.write(event.build()));
  }

  /** Refuses an event that says that its execution has made no package. */
  static void requireSuccess(BusinessEvent event) {
    event.payload().text(STATUS).filter(WITHOUT_PACKAGE::contains).ifPresent(status -> {
      throw FetchException.permanent(
          Reason.EXPORT_FAILED,
          "An export makes a package; this one is %s in F&O, which says \"%s\". See the execution %s in F&O's data management, and export again, with a full push if the export is incremental."
              .formatted(
                  status,
                  event.payload().text(ERRORS).orElse("nothing"),
                  event.payload().text(EXECUTION).orElse("")));
    });
  }
}
