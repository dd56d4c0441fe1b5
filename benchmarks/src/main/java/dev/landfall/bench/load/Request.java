package dev.landfall.bench.load;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A request that is made once and sent many times, each time with another event's numbers. */
final class Request {

  private final byte[] bytes;
  private final int idAt;
  private final int controlNumberAt;
  private final ByteBuffer buffer;

  private Request(byte[] bytes, int idAt, int controlNumberAt) {
    this.bytes = bytes;
    this.idAt = idAt;
    this.controlNumberAt = controlNumberAt;
    this.buffer = ByteBuffer.allocateDirect(bytes.length);
  }

  static Request post(URI endpoint, byte[] event) {
    String text =
        "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(
                target(endpoint),
                endpoint.getAuthority(),
                event.length,
                new String(event, StandardCharsets.US_ASCII));
    return new Request(
        text.getBytes(StandardCharsets.US_ASCII),
        placeOf(ExportEvent.ID, text),
        placeOf(Long.toString(ExportEvent.CONTROL_NUMBER), text));
  }

  private static String target(URI endpoint) {
    String query = endpoint.getRawQuery();
    return query == null ? endpoint.getRawPath() : endpoint.getRawPath() + "?" + query;
  }

  private static int placeOf(String part, String text) {
    int at = text.indexOf(part);
    if (at < 0) {
      throw new IllegalArgumentException("The event has no %s to be replaced.".formatted(part));
    }
    return at;
  }

  /**
   * {@return the request with an event's id and control number, ready to be written; the next call
   * takes it back}
   */
  ByteBuffer of(EventIds ids, long number) {
    ids.write(number, bytes, idAt);
    String controlNumber = Long.toString(ExportEvent.CONTROL_NUMBER + number);
    for (int i = 0; i < controlNumber.length(); i++) {
      bytes[controlNumberAt + i] = (byte) controlNumber.charAt(i);
    }
    return buffer.clear().put(bytes).flip();
  }
}
