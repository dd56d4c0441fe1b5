package dev.landfall.spi;

import dev.landfall.event.Headers;
import dev.landfall.event.RawEvent;
import java.time.Instant;

/**
 * One arrival over a transport, of one event or a batch of them; the same event may be delivered
 * many times.
 *
 * @param source name of the source that took it, for logs
 * @param arrivedAt when the source had all of it
 * @param body what arrived
 * @param headers what came beside it, without credentials
 */
public record Delivery(String source, Instant arrivedAt, RawEvent body, Headers headers) {

  /**
   * Makes a delivery of a body alone.
   *
   * @param source name of the source that took it, for logs
   * @param arrivedAt when the source had all of it
   * @param body what arrived
   */
  public Delivery(String source, Instant arrivedAt, RawEvent body) {
    this(source, arrivedAt, body, Headers.none());
  }
}
