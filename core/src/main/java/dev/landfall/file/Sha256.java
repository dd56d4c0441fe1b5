package dev.landfall.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest.
 *
 * @param hex 64 hexadecimal digits in lower case
 */
public record Sha256(String hex) {

  /**
   * Checks a digest.
   *
   * @param hex 64 hexadecimal digits
   * @throws IllegalArgumentException if it is not 64 hexadecimal digits in lower case
   */
  public Sha256 {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "A SHA-256 digest has 64 hexadecimal digits in lower case; this text has %d characters."
              .formatted(hex.length()));
    }
  }

  /** {@return a fresh digest to feed bytes into; every JDK has this one} */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * {@return the digest of all bytes fed so far}
   *
   * @param fed is reset by this
   */
  public static Sha256 of(MessageDigest fed) {
    return new Sha256(HexFormat.of().formatHex(fed.digest()));
  }

  /**
   * {@return the digest of some bytes}
   *
   * @param bytes not kept
   */
  public static Sha256 of(byte[] bytes) {
    MessageDigest digest = newDigest();
    digest.update(bytes);
    return of(digest);
  }

  @Override
  public String toString() {
    return hex;
  }
}
