package dev.landfall.emulator;

import java.net.URI;
import java.net.http.HttpClient;

/** Where events are sent to; immutable. */
public abstract sealed class Endpoint permits HttpsEndpoint, BusEndpoint {

  private final String key;
  private final String title;

  Endpoint(String key, String title) {
    this.key = key;
    this.title = title;
  }

  /**
   * {@return an endpoint of type HTTPS}
   *
   * @param uri where to post; {@code http} only to a loopback address
   * @throws IllegalArgumentException if it is not an absolute {@code https} URL, is {@code http} on
   *     another machine, or holds a user and password
   */
  public static HttpsEndpoint at(URI uri) {
    return HttpsEndpoint.to(uri);
  }

  /**
   * {@return an endpoint of type Azure Service Bus queue}
   *
   * @param name of the queue; tells this endpoint from others, and is shown
   * @param sender puts a message into it
   * @throws IllegalArgumentException if the name is blank
   */
  public static Endpoint queue(String name, BusSender sender) {
    return BusEndpoint.of("queue", name, sender);
  }

  /**
   * {@return an endpoint of type Azure Service Bus topic}
   *
   * @param name of the topic; tells this endpoint from others, and is shown
   * @param sender puts a message into it
   * @throws IllegalArgumentException if the name is blank
   */
  public static Endpoint topic(String name, BusSender sender) {
    return BusEndpoint.of("topic", name, sender);
  }

  /** What tells an endpoint from others; may be a secret. */
  final String key() {
    return key;
  }

  /**
   * Brings an event there, in one try; who calls it bounds the time by an interrupt.
   *
   * @param client for endpoints that are reached over HTTP
   * @throws Exception if no answer came; its class is told, its text is not
   */
  abstract Answer attempt(RaisedEvent event, HttpClient client) throws Exception;

  /** {@return the URL without the query, or {@code queue} or {@code topic} and the name} */
  @Override
  public final String toString() {
    return title;
  }
}
