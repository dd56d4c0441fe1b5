package dev.landfall.emulator.rest;

import dev.landfall.emulator.blob.Blob;
import dev.landfall.emulator.blob.BlobStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The recurring integrations API. */
public final class Connector {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private final BlobStore store;
  private final URI environment;
  private final Clock clock;
  private final Duration redeliverAfter;
  private final Map<UUID, ActivityQueue> queues = new ConcurrentHashMap<>();

  Connector(BlobStore store, URI environment, Clock clock, Duration redeliverAfter) {
    this.store = store;
    this.environment = environment;
    this.clock = clock;
    this.redeliverAfter = redeliverAfter;
  }

  /** {@return a queue of a new recurring job} */
  public ActivityQueue open() {
    var queue = new ActivityQueue(clock, redeliverAfter);
    queues.put(queue.activityId(), queue);
    return queue;
  }

  Reply dequeue(String activity) {
    return find(activity).map(this::dequeue).orElseGet(() -> unknown(activity));
  }

  private Reply dequeue(ActivityQueue queue) {
    return queue
        .dequeue()
        .map(message -> Reply.json(200, told(queue, message)))
        .orElseGet(() -> Reply.empty(204, Map.of()));
  }

  private Map<String, @Nullable Object> told(ActivityQueue queue, ActivityQueue.HandedOut message) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("CorrelationId", message.correlationId());
    members.put("PopReceipt", message.popReceipt());
    members.put(
        "DownloadLocation", message.hasFile() ? location(queue.activityId(), message) : null);
    members.put("IsDownLoadFileExist", message.hasFile());
    members.put(
        "FileDownLoadErrorMessage",
        message.hasFile() ? "" : "The file does not exist; no record was exported.");
    members.put("LastDequeueDateTime", message.lastDequeue().map(TIME::format).orElse(""));
    return members;
  }

  /** As the load balancer in front of production makes it: no TLS, and a port that is wrong. */
  private String location(UUID activityId, ActivityQueue.HandedOut message) {
    return "http://%s:80/api/connector/download/%%7B%s%%7D?correlation-id=%s&blob=%s"
        .formatted(environment.getHost(), activityId, message.correlationId(), message.blobId());
  }

  Reply acknowledge(String activity, ApiRequest request) {
    Optional<ActivityQueue> queue = find(activity);
    if (queue.isEmpty()) {
      return unknown(activity);
    }
    if (!request.isOfType("application/json")) {
      return Reply.text(415, "A message is acknowledged with Content-Type application/json.");
    }
    Optional<Map<String, String>> body = request.json();
    if (body.isEmpty()) {
      return Reply.text(500, "The body is not the JSON of a message.");
    }
    return queue
        .get()
        .acknowledge(
            body.get().getOrDefault("CorrelationId", ""), body.get().getOrDefault("PopReceipt", ""))
        .map(refusal -> Reply.text(500, refusal))
        .orElseGet(() -> Reply.empty(200, Map.of()));
  }

  Reply download(String activity, Map<String, String> query) {
    Optional<ActivityQueue> queue = find(activity);
    if (queue.isEmpty()) {
      return unknown(activity);
    }
    Optional<Blob> blob = queue
        .get()
        .blobName(query.getOrDefault("correlation-id", ""), query.getOrDefault("blob", ""))
        .flatMap(store::find);
    blob.ifPresent(found -> queue.get().countDownload());
    return blob.map(Reply::file).orElseGet(() -> Reply.text(404, "The file does not exist."));
  }

  private Optional<ActivityQueue> find(String activity) {
    try {
      String bare = ApiRequest.decoded(activity).replaceAll("^\\{|}$", "");
      return Optional.ofNullable(queues.get(UUID.fromString(bare)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Reply unknown(String activity) {
    return Reply.text(
        403,
        "The data job %s is not there, or the application may not use it."
            .formatted(ApiRequest.decoded(activity)));
  }
}
