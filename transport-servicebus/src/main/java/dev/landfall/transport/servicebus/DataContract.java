package dev.landfall.transport.servicebus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The wrapping that .NET's older clients put around a text or bytes given to a
 * {@code BrokeredMessage}: one element of .NET Binary XML. Readers that do not know it see
 * {@code @string3http://schemas.microsoft.com/2003/10/Serialization/} before the event.
 *
 * <p>The format is <a
 * href="https://learn.microsoft.com/openspecs/windows_protocols/mc-nbfx">[MC-NBFX]</a>: an element
 * without prefix, its namespace, then text or bytes in records of up to 255 bytes, 64 KiB or 2 GiB,
 * of which the last has an odd type or is followed by the element's end.
 */
final class DataContract {

  private static final List<byte[]> STARTS = List.of(start("string"), start("base64Binary"));
  private static final int SHORT_ELEMENT = 0x40;
  private static final int SHORT_NAMESPACE = 0x08;

  private DataContract() {}

  private static byte[] start(String type) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    byte[] space =
        "http://schemas.microsoft.com/2003/10/Serialization/".getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(4 + name.length + space.length)
        .put((byte) SHORT_ELEMENT)
        .put((byte) name.length)
        .put(name)
        .put((byte) SHORT_NAMESPACE)
        .put((byte) space.length)
        .put(space)
        .array();
  }

  /**
   * {@return what is wrapped; the bytes themselves if they are not, or not wholly, of this form}
   */
  static byte[] unwrap(byte[] bytes) {
    for (byte[] start : STARTS) {
      if (bytes.length > start.length
          && Arrays.equals(bytes, 0, start.length, start, 0, start.length)) {
        ByteBuffer content = ByteBuffer.wrap(bytes, start.length, bytes.length - start.length)
            .order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer unwrapped = ByteBuffer.allocate(content.remaining());
        return isWhole(content, unwrapped)
            ? Arrays.copyOf(unwrapped.array(), unwrapped.position())
            : bytes;
      }
    }
    return bytes;
  }

  private static boolean isWhole(ByteBuffer content, ByteBuffer unwrapped) {
    while (content.hasRemaining()) {
      int record = Byte.toUnsignedInt(content.get());
      if (record == 0x01) {
        return !content.hasRemaining();
      }
      int length = length(record, content);
      if (length < 0 || length > content.remaining()) {
        return false;
      }
      unwrapped.put(content.slice().limit(length));
      content.position(content.position() + length);
      if (record % 2 == 1) {
        return !content.hasRemaining();
      }
    }
    return false;
  }

  /** {@return how long a record of text or bytes is, or -1 if it is none or cut off} */
  private static int length(int record, ByteBuffer content) {
    return switch (record) {
      case 0x98, 0x99, 0x9E, 0x9F ->
        content.remaining() < 1 ? -1 : Byte.toUnsignedInt(content.get());
      case 0x9A, 0x9B, 0xA0, 0xA1 ->
        content.remaining() < 2 ? -1 : Short.toUnsignedInt(content.getShort());
      case 0x9C, 0x9D, 0xA2, 0xA3 -> content.remaining() < 4 ? -1 : content.getInt();
      default -> -1;
    };
  }
}
