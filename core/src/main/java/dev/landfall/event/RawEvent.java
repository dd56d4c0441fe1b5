package dev.landfall.event;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an event as they arrived, never changed and never printed: they may hold a signed
 * link.
 */
public final class RawEvent {

  private final byte[] bytes;

  private RawEvent(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * {@return the bytes, held from now on}
   *
   * @param bytes copied
   */
  public static RawEvent of(byte[] bytes) {
    return new RawEvent(bytes.clone());
  }

  /**
   * {@return a part of the bytes, held from now on}
   *
   * @param bytes copied from
   * @param offset the first byte
   * @param length how many
   * @throws IndexOutOfBoundsException if there are not as many
   */
  public static RawEvent of(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return new RawEvent(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** {@return a copy of the bytes} */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** {@return how many bytes there are} */
  public int length() {
    return bytes.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RawEvent raw && Arrays.equals(bytes, raw.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "RawEvent[" + bytes.length + " bytes]";
  }
}
