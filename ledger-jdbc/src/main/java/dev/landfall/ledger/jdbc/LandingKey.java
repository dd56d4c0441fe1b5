package dev.landfall.ledger.jdbc;

import dev.landfall.file.Sha256;
import dev.landfall.spi.LandingId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** The short key of fixed length under which a landing is found. */
final class LandingKey {

  private static final int LENGTH = 16;

  private LandingKey() {}

  static byte[] of(LandingId id) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(id.event().value().getBytes(StandardCharsets.UTF_8));
    // No event id holds a control character, so that no two ids are written alike.
    digest.update((byte) 0);
    digest.update(id.route().getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(digest.digest(), LENGTH);
  }
}
