package dev.landfall.transport.finops;

import dev.landfall.event.EventId;
import dev.landfall.event.EventType;
import dev.landfall.event.Payload;
import dev.landfall.event.RawEvent;
import dev.landfall.file.Sha256;
import dev.landfall.json.EventWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What F&amp;O hands out of the queue of a recurring export.
 *
 * <p>Source: Microsoft, "Recurring integrations", "Dequeue"; the capitals are F&amp;O's own.
 *
 * @param answer all that F&amp;O said, which it wants to hear again with the acknowledgement
 * @param dequeuedAt when it was handed out; after 30 minutes it is handed out anew, and this copy
 *     cannot be acknowledged any more
 */
record Message(Payload answer, Instant dequeuedAt) {

  static final String LOCATION = "DownloadLocation";
  static final String FAULT = "FileDownLoadErrorMessage";

  private static final EventWriter WRITER = new EventWriter();

  /**
   * {@return what tells it from others, however often it is handed out; without a correlation id,
   * its location, since the receipt is another each time}
   */
  String id() {
    return text("CorrelationId").filter(Message::isEventId).orElseGet(() -> {
      byte[] same =
          location().map(place -> place.getBytes(StandardCharsets.UTF_8)).orElseGet(this::body);
      return Sha256.of(same).hex().substring(0, 32).toUpperCase(Locale.ROOT);
    });
  }

  private static boolean isEventId(String text) {
    try {
      return !new EventId(text).value().isEmpty();
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  /** {@return where its file lies; F&amp;O gives none for a run without records or with a fault} */
  Optional<String> location() {
    return text(LOCATION);
  }

  /** {@return why it has no file, in F&amp;O's words} */
  Optional<String> fault() {
    return text(FAULT);
  }

  /**
   * {@return whether nothing was exported, and nothing went wrong}
   *
   * @param saysEmpty tells F&amp;O's words for that from others
   */
  boolean isEmpty(Predicate<String> saysEmpty) {
    boolean claimsFile = answer.bool("IsDownLoadFileExist").orElse(false);
    return location().isEmpty() && !claimsFile && fault().map(saysEmpty::test).orElse(true);
  }

  /** {@return whether F&amp;O says that it was handed out before} */
  boolean wasDequeuedBefore() {
    return text("LastDequeueDateTime").filter(time -> !time.startsWith("0001-")).isPresent();
  }

  private Optional<String> text(String member) {
    return answer.text(member).filter(text -> !text.isBlank());
  }

  /** {@return the body of an acknowledgement} */
  byte[] body() {
    return WRITER.write(answer);
  }

  /**
   * {@return the event that announces its file, as F&amp;O would have sent it}
   *
   * @param facts what F&amp;O does not say of it, such as the entity
   */
  RawEvent event(Map<String, String> facts) {
    Payload.Builder event = Payload.builder()
        .with("BusinessEventId", EventType.EXPORT.value())
        .with("EventId", id())
        .with("EventTimeIso8601", dequeuedAt.toString())
        .with("OperationType", "Export")
        .with("ProjectCategory", "Integration");
    facts.forEach(event::with);
    location().ifPresent(location -> event.with(LOCATION, location));
    fault().ifPresent(fault -> event.with(FAULT, FinopsAnswer.shown(fault)));
    return RawEvent.of(WRITER.write(event.build()));
  }

  @Override
  public String toString() {
    return "message " + FinopsAnswer.shown(id());
  }
}
