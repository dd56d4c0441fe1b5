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
 * @param untilStored whether the sender keeps what the event announces only until it is
 *     acknowledged, so that even a durable ledger has custody no sooner than every file is stored
 */
public record Delivery(
    String source, Instant arrivedAt, RawEvent body, Headers headers, boolean untilStored) {

  /**
   * Makes a delivery of which the ledger has custody as soon as it can.
   *
   * @param source name of the source that took it, for logs
   * @param arrivedAt when the source had all of it
   * @param body what arrived
   * @param headers what came beside it, without credentials
   */
  public Delivery(String source, Instant arrivedAt, RawEvent body, Headers headers) {
    this(source, arrivedAt, body, headers, false);
  }

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

  /** {@return this delivery from a sender that keeps the file until it is acknowledged} */
  public Delivery keptUntilStored() {
    return new Delivery(source, arrivedAt, body, headers, true);
  }
}
