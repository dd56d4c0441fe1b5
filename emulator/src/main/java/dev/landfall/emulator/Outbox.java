package dev.landfall.emulator;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Remembers endpoints, events, deliveries and errors, and sends again what it remembers. */
final class Outbox {

  private final EventSender sender;
  private final EventPayload writer;
  private final Clock clock;
  // Guarded by this.
  private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
  private final Map<String, RaisedEvent> events = new LinkedHashMap<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final Map<ErrorKey, Delivery> errors = new LinkedHashMap<>();

  Outbox(EventSender sender, EventPayload writer, Clock clock) {
    this.sender = sender;
    this.writer = writer;
    this.clock = clock;
  }

  private record ErrorKey(String eventId, String endpoint) {}

  synchronized void attach(Endpoint endpoint) {
    endpoints.put(endpoint.key(), endpoint);
  }

  Delivery activate(Endpoint endpoint) {
    RaisedEvent event = writer.test(EventPayload.newGuid(), clock.instant());
    Delivery delivery = sender.sendOnce(event, endpoint).join();
    synchronized (this) {
      deliveries.add(delivery);
      if (delivery.accepted()) {
        attach(endpoint);
      }
    }
    return delivery;
  }

  synchronized boolean detach(Endpoint endpoint) {
    return endpoints.remove(endpoint.key()) != null;
  }

  synchronized List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  synchronized List<Delivery> errorLog() {
    return List.copyOf(errors.values());
  }

  /** Sends a new event to each endpoint that is there now. */
  CompletableFuture<List<Delivery>> send(RaisedEvent event) {
    List<Endpoint> receivers;
    synchronized (this) {
      events.put(event.id(), event);
      receivers = List.copyOf(endpoints.values());
    }
    return deliver(event, receivers);
  }

  /** Sends an event once more to each endpoint that is there now. */
  CompletableFuture<List<Delivery>> redeliver(String eventId) {
    List<Endpoint> receivers;
    @Nullable RaisedEvent event;
    synchronized (this) {
      event = events.get(eventId);
      receivers = List.copyOf(endpoints.values());
    }
    if (event == null) {
      throw new IllegalArgumentException(
          "An event is sent again by the id of its export; %s was never sent.".formatted(eventId));
    }
    return deliver(event, receivers);
  }

  /**
   * Sends an event once more to the endpoints where it failed, or, where such an endpoint is gone,
   * to those that are there now.
   */
  CompletableFuture<List<Delivery>> resend(String eventId) {
    var receivers = new LinkedHashMap<String, Endpoint>();
    @Nullable RaisedEvent event;
    synchronized (this) {
      event = events.get(eventId);
      List<ErrorKey> failed =
          errors.keySet().stream().filter(key -> key.eventId().equals(eventId)).toList();
      if (event == null || failed.isEmpty()) {
        throw new IllegalArgumentException(
            "Only an event of the error log is resent; %s is not in it. Use redeliver for others."
                .formatted(eventId));
      }
      for (ErrorKey key : failed) {
        Endpoint endpoint = endpoints.get(key.endpoint());
        if (endpoint != null) {
          receivers.put(key.endpoint(), endpoint);
        } else if (!endpoints.isEmpty()) {
          errors.remove(key);
          receivers.putAll(endpoints);
        }
      }
    }
    return deliver(event, receivers.values());
  }

  private CompletableFuture<List<Delivery>> deliver(
      RaisedEvent event, Collection<Endpoint> receivers) {
    List<CompletableFuture<Delivery>> outcomes =
        receivers.stream().map(endpoint -> deliver(event, endpoint)).toList();
    return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
        .thenApply(done -> outcomes.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<Delivery> deliver(RaisedEvent event, Endpoint endpoint) {
    return sender
        .send(event, endpoint)
        .whenComplete((delivery, cancelled) -> remember(delivery, endpoint));
  }

  private synchronized void remember(@Nullable Delivery delivery, Endpoint endpoint) {
    if (delivery == null) {
      return;
    }
    deliveries.add(delivery);
    var key = new ErrorKey(delivery.eventId(), endpoint.key());
    if (delivery.accepted()) {
      errors.remove(key);
    } else {
      errors.put(key, delivery);
    }
  }
}
