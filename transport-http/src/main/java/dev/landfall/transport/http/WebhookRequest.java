package dev.landfall.transport.http;

import dev.landfall.event.Headers;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A request without its body, as any server can tell it.
 *
 * @param method such as {@code POST}
 * @param path as it was sent, without the query
 * @param query behind the question mark, not decoded; null if there is none
 * @param headers all of them, credentials too
 * @param length of the body in bytes, -1 if the sender did not say
 * @param sender the address at the other end of the connection, which may be a proxy's; null if it
 *     is not known, which no network contains
 */
public record WebhookRequest(
    String method,
    String path,
    @Nullable String query,
    Headers headers,
    long length,
    @Nullable InetAddress sender) {

  /** {@return method and path; query and headers may be secrets} */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
