package dev.landfall.emulator.rest;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one recurring job has exported and nobody has acknowledged yet. */
public final class ActivityQueue {

  private static final int RECEIPT = 20;

  private final UUID activityId = UUID.randomUUID();
  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final Duration redeliverAfter;
  // Guarded by this.
  private final List<Message> messages = new ArrayList<>();
  private int dequeued;
  private int acknowledged;
  private int downloads;

  ActivityQueue(Clock clock, Duration redeliverAfter) {
    this.clock = clock;
    this.redeliverAfter = redeliverAfter;
  }

  /** One run of the job. */
  private static final class Message {

    final String correlationId = UUID.randomUUID().toString();
    final String blobId = UUID.randomUUID().toString();
    final Optional<String> blobName;
    String popReceipt = "";
    boolean acknowledged;

    @Nullable
    Instant lastDequeue;

    Message(Optional<String> blobName) {
      this.blobName = blobName;
    }
  }

  /**
   * A message as it is handed out.
   *
   * @param correlationId names the message, however often it is handed out
   * @param popReceipt names this time
   * @param blobId names the file, if there is one
   * @param hasFile whether there is one
   * @param lastDequeue when it was handed out before
   */
  record HandedOut(
      String correlationId,
      String popReceipt,
      String blobId,
      boolean hasFile,
      Optional<Instant> lastDequeue) {}

  /** {@return the id of the job} */
  public UUID activityId() {
    return activityId;
  }

  /**
   * Queues one run.
   *
   * @param blobName its file, or nothing if there is none
   */
  public synchronized void add(Optional<String> blobName) {
    messages.add(new Message(blobName));
  }

  synchronized Optional<HandedOut> dequeue() {
    Instant now = clock.instant();
    Optional<Message> next =
        messages.stream().filter(message -> isReady(message, now)).findFirst();
    return next.map(message -> {
      var receipt = new byte[RECEIPT];
      random.nextBytes(receipt);
      message.popReceipt = Base64.getEncoder().encodeToString(receipt);
      Optional<Instant> before = Optional.ofNullable(message.lastDequeue);
      message.lastDequeue = now;
      dequeued++;
      return new HandedOut(
          message.correlationId,
          message.popReceipt,
          message.blobId,
          message.blobName.isPresent(),
          before);
    });
  }

  private boolean isReady(Message message, Instant now) {
    return !message.acknowledged
        && (message.lastDequeue == null || !now.isBefore(message.lastDequeue.plus(redeliverAfter)));
  }

  /** {@return why the message stays, or nothing if it is gone} */
  synchronized Optional<String> acknowledge(String correlationId, String popReceipt) {
    Optional<Message> found = find(correlationId).filter(message -> !message.acknowledged);
    if (found.isEmpty()) {
      return Optional.of("The specified message does not exist.");
    }
    if (popReceipt.isEmpty() || !found.get().popReceipt.equals(popReceipt)) {
      return Optional.of(
          "The specified pop receipt did not match the pop receipt for a dequeued" + " message.");
    }
    found.get().acknowledged = true;
    acknowledged++;
    return Optional.empty();
  }

  /** {@return the name of a file's blob; it outlives the message} */
  synchronized Optional<String> blobName(String correlationId, String blobId) {
    return find(correlationId)
        .filter(message -> message.blobId.equals(blobId))
        .flatMap(message -> message.blobName);
  }

  synchronized void countDownload() {
    downloads++;
  }

  private Optional<Message> find(String correlationId) {
    return messages.stream()
        .filter(message -> message.correlationId.equalsIgnoreCase(correlationId))
        .findFirst();
  }

  /** {@return how many messages the next calls would be handed} */
  public synchronized int waiting() {
    Instant now = clock.instant();
    return (int) messages.stream().filter(message -> isReady(message, now)).count();
  }

  /** {@return how often a message was handed out} */
  public synchronized int dequeued() {
    return dequeued;
  }

  /** {@return how many messages were acknowledged} */
  public synchronized int acknowledged() {
    return acknowledged;
  }

  /** {@return how many downloads of a file were begun} */
  public synchronized int downloads() {
    return downloads;
  }
}
