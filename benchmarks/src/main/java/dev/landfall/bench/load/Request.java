package dev.landfall.bench.load;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A request that is made once and sent many times, each time with another event's id. */
final class Request {

  private final byte[] bytes;
  private final int idAt;
  private final ByteBuffer buffer;

  private Request(byte[] bytes, int idAt) {
    this.bytes = bytes;
    this.idAt = idAt;
    this.buffer = ByteBuffer.allocateDirect(bytes.length);
  }

  static Request post(URI endpoint, byte[] event) {
    String text =
        "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(
                endpoint.getPath(),
                endpoint.getAuthority(),
                event.length,
                new String(event, StandardCharsets.US_ASCII));
    int idAt = text.indexOf(ExportEvent.ID);
    if (idAt < 0) {
      throw new IllegalArgumentException("The event has no id that could be replaced.");
    }
    return new Request(text.getBytes(StandardCharsets.US_ASCII), idAt);
  }

  /** {@return the request with an event's id, ready to be written; the next call takes it back} */
  ByteBuffer of(EventIds ids, long number) {
    ids.write(number, bytes, idAt);
    return buffer.clear().put(bytes).flip();
  }
}
