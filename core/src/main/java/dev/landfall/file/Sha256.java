package dev.landfall.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest.
 *
 * @param hex 64 hexadecimal digits in lower case
 */
public record Sha256(String hex) {

  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");
  private static final int BLOCK = 256 * 1024;

  /**
   * Checks a digest.
   *
   * @param hex 64 hexadecimal digits
   * @throws IllegalArgumentException if it is not 64 hexadecimal digits in lower case
   */
  public Sha256 {
    if (!DIGITS.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "A SHA-256 digest has 64 hexadecimal digits in lower case; this text has %d characters."
              .formatted(hex.length()));
    }
  }

  /**
   * {@return the digest of a file}
   *
   * @param file is read once, in blocks
   * @throws IOException if it cannot be read
   */
  public static Sha256 ofFile(Path file) throws IOException {
    MessageDigest digest = newDigest();
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
    }
    return of(digest);
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
