package dev.landfall.ledger.jdbc;

import dev.landfall.file.Sha256;
import dev.landfall.spi.EventFacts;
import dev.landfall.spi.LandingId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The short key of fixed length under which a text of any length is found: the first 16 bytes of a
 * SHA-256.
 *
 * @param high the first 8 bytes
 * @param low the other 8 bytes
 */
record Digest(long high, long low) implements Comparable<Digest> {

  static Digest ofLanding(LandingId id) {
    MessageDigest digest = Sha256.newDigest();
    update(digest, id.event().value());
    // No event id holds a control character, so that no two ids are written alike.
    digest.update((byte) 0);
    update(digest, id.route());
    return of(digest.digest());
  }

  static Digest ofRoute(String route) {
    MessageDigest digest = Sha256.newDigest();
    update(digest, route);
    return of(digest.digest());
  }

  static Digest ofLine(String route, String line) {
    MessageDigest digest = Sha256.newDigest();
    updateWithLength(digest, line);
    update(digest, route);
    return of(digest.digest());
  }

  /**
   * {@return a number for the stream of an event, in which control numbers grow}
   *
   * <p>Numbers are not compared with the texts again: who makes two streams collide, with 2 to the
   * power of 32 tries, has his own events told to be late.
   */
  static long ofStream(String route, EventFacts facts) {
    MessageDigest digest = Sha256.newDigest();
    updateWithLength(digest, facts.type());
    updateWithLength(digest, facts.entity());
    updateWithLength(digest, facts.legalEntity());
    update(digest, route);
    return of(digest.digest()).high;
  }

  static long ofSink(String name) {
    return ofRoute(name).high;
  }

  /** {@return the digest in the first 16 of these bytes} */
  static Digest of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Digest(buffer.getLong(), buffer.getLong());
  }

  private static void updateWithLength(MessageDigest digest, @Nullable String text) {
    int length = text == null ? -1 : text.length();
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
    if (text != null) {
      update(digest, text);
    }
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(Statements.storable(text).getBytes(StandardCharsets.UTF_8));
  }

  byte[] bytes() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
  }

  /** As databases order bytes. */
  @Override
  public int compareTo(Digest other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }
}
