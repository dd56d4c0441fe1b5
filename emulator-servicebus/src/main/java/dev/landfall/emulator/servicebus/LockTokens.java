package dev.landfall.emulator.servicebus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lock tokens as delivery tags: 16 bytes in the order of a .NET GUID, whose first three fields are
 * little-endian.
 */
final class LockTokens {

  static final int LENGTH = 16;

  private LockTokens() {}

  static byte[] toTag(UUID token) {
    long head = token.getMostSignificantBits();
    return ByteBuffer.allocate(LENGTH)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) (head >>> 32))
        .putShort((short) (head >>> 16))
        .putShort((short) head)
        .order(ByteOrder.BIG_ENDIAN)
        .putLong(token.getLeastSignificantBits())
        .array();
  }

  /** {@return the token, or null if the tag is none} */
  static @Nullable UUID ofTag(byte[] tag) {
    if (tag.length != LENGTH) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(tag).order(ByteOrder.LITTLE_ENDIAN);
    long head = ((long) bytes.getInt() << 32)
        | ((bytes.getShort() & 0xFFFFL) << 16)
        | (bytes.getShort() & 0xFFFFL);
    return new UUID(head, bytes.order(ByteOrder.BIG_ENDIAN).getLong());
  }
}
