package dev.landfall.emulator.servicebus;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message as it is sent to an entity, or as it lies there. */
public final class BusMessage {

  /** Where a message stands. */
  public enum State {
    /** Waits to be received. */
    ACTIVE,
    /** Belongs to a receiver for a while. */
    LOCKED,
    /** Was put aside, and is received by its number only. */
    DEFERRED,
    /** Waits for its time. */
    SCHEDULED
  }

  /** What a sender may set beside body and application properties. */
  record Heading(
      @Nullable String messageId,
      @Nullable String sessionId,
      @Nullable String subject,
      @Nullable String contentType,
      @Nullable String correlationId,
      @Nullable Duration timeToLive,
      @Nullable Instant scheduledFor) {

    static final Heading EMPTY = new Heading(null, null, null, null, null, null, null);
  }

  /** What the broker adds. */
  record Standing(long sequenceNumber, int deliveryCount, State state) {

    static final Standing UNSENT = new Standing(0, 0, State.ACTIVE);
  }

  private final byte[] body;
  private final Map<String, Object> properties;
  private final Heading heading;
  private final Standing standing;

  BusMessage(byte[] body, Map<String, Object> properties, Heading heading, Standing standing) {
    this.body = body;
    this.properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    this.heading = heading;
    this.standing = standing;
  }

  /**
   * {@return a message to send}
   *
   * @param body its bytes
   */
  public static BusMessage of(byte[] body) {
    return new BusMessage(body.clone(), Map.of(), Heading.EMPTY, Standing.UNSENT);
  }

  /**
   * {@return a message to send}
   *
   * @param body its text, which travels in UTF-8
   */
  public static BusMessage of(String body) {
    return of(body.getBytes(StandardCharsets.UTF_8));
  }

  private BusMessage with(Heading value) {
    return new BusMessage(body, properties, value, standing);
  }

  /**
   * Sets the id by which duplicates are told.
   *
   * @param value up to 128 characters in Azure
   * @return such a message
   */
  public BusMessage withMessageId(String value) {
    return with(new Heading(
        value,
        heading.sessionId,
        heading.subject,
        heading.contentType,
        heading.correlationId,
        heading.timeToLive,
        heading.scheduledFor));
  }

  /**
   * Sets the session it belongs to.
   *
   * @param value the session's id
   * @return such a message
   */
  public BusMessage withSessionId(String value) {
    return with(new Heading(
        heading.messageId,
        value,
        heading.subject,
        heading.contentType,
        heading.correlationId,
        heading.timeToLive,
        heading.scheduledFor));
  }

  /**
   * Sets the subject, which older clients call label.
   *
   * @param value any text
   * @return such a message
   */
  public BusMessage withSubject(String value) {
    return with(new Heading(
        heading.messageId,
        heading.sessionId,
        value,
        heading.contentType,
        heading.correlationId,
        heading.timeToLive,
        heading.scheduledFor));
  }

  /**
   * Sets what the body is.
   *
   * @param value such as {@code application/json}
   * @return such a message
   */
  public BusMessage withContentType(String value) {
    return with(new Heading(
        heading.messageId,
        heading.sessionId,
        heading.subject,
        value,
        heading.correlationId,
        heading.timeToLive,
        heading.scheduledFor));
  }

  /**
   * Sets how long it may wait; then it becomes a dead letter.
   *
   * @param value at least a millisecond; the default is for ever
   * @return such a message
   */
  public BusMessage withTimeToLive(Duration value) {
    return with(new Heading(
        heading.messageId,
        heading.sessionId,
        heading.subject,
        heading.contentType,
        heading.correlationId,
        value,
        heading.scheduledFor));
  }

  /**
   * Sets when it can be received.
   *
   * @param value by the broker's clock; the default is at once
   * @return such a message
   */
  public BusMessage withScheduledFor(Instant value) {
    return with(new Heading(
        heading.messageId,
        heading.sessionId,
        heading.subject,
        heading.contentType,
        heading.correlationId,
        heading.timeToLive,
        value));
  }

  /**
   * Sets one application property.
   *
   * @param name of the property
   * @param value a string, number, boolean, {@link java.util.UUID} or {@link java.util.Date}
   * @return such a message
   */
  public BusMessage withProperty(String name, Object value) {
    return withProperties(Map.of(name, value));
  }

  /**
   * Sets several application properties.
   *
   * @param values by name, each a string, number, boolean, {@link java.util.UUID} or
   *     {@link java.util.Date}
   * @return such a message
   */
  public BusMessage withProperties(Map<String, ?> values) {
    Map<String, Object> more = new LinkedHashMap<>(properties);
    more.putAll(values);
    return new BusMessage(body, more, heading, standing);
  }

  /** {@return a copy of the bytes} */
  public byte[] body() {
    return body.clone();
  }

  /** {@return the bytes read as UTF-8} */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * {@return the application properties} Those of a dead letter tell why it is one, as
   * {@code DeadLetterReason} and {@code DeadLetterErrorDescription}.
   */
  public Map<String, Object> properties() {
    return properties;
  }

  /** {@return the id by which duplicates are told} */
  public Optional<String> messageId() {
    return Optional.ofNullable(heading.messageId);
  }

  /** {@return the session it belongs to} */
  public Optional<String> sessionId() {
    return Optional.ofNullable(heading.sessionId);
  }

  /** {@return the subject} */
  public Optional<String> subject() {
    return Optional.ofNullable(heading.subject);
  }

  /** {@return what the body is} */
  public Optional<String> contentType() {
    return Optional.ofNullable(heading.contentType);
  }

  /** {@return its number in the entity, or 0 if it was not sent yet} */
  public long sequenceNumber() {
    return standing.sequenceNumber;
  }

  /** {@return how often it was handed out in vain} */
  public int deliveryCount() {
    return standing.deliveryCount;
  }

  /** {@return where it stands} */
  public State state() {
    return standing.state;
  }

  Heading heading() {
    return heading;
  }

  /** {@return number and state, but nothing of the body, which may hold a link's signature} */
  @Override
  public String toString() {
    return "BusMessage[" + standing.sequenceNumber + ", " + standing.state + ", delivered "
        + standing.deliveryCount + " times]";
  }
}
