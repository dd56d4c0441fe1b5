package dev.landfall.download;

import dev.landfall.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Digests a file on its way: SHA-256 of our own, and the one that its host tells, if it does. */
final class Digests {

  private static final int BLOCK = 256 * 1024;

  private final MessageDigest sha256 = Sha256.newDigest();
  private final @Nullable MessageDigest md5;

  /**
   * Digests nothing yet.
   *
   * @param md5 whether there is one to compare with
   */
  Digests(boolean md5) {
    this.md5 = md5 ? newMd5() : null;
  }

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Takes all that remains, and leaves the buffer as it is. */
  void update(ByteBuffer bytes) {
    sha256.update(bytes.duplicate());
    if (md5 != null) {
      md5.update(bytes.duplicate());
    }
  }

  /** Digests what lies on disk already of a file. */
  static Digests ofBeginning(Path file, long length, boolean md5) throws IOException {
    Digests digests = new Digests(md5);
    digests.update(file, length);
    return digests;
  }

  private void update(Path file, long length) throws IOException {
    byte[] block = new byte[(int) Math.min(BLOCK, length)];
    try (InputStream in = Files.newInputStream(file)) {
      for (long left = length; left > 0; ) {
        int read = in.read(block, 0, (int) Math.min(block.length, left));
        if (read < 0) {
          throw new IOException("The file is %d bytes shorter than it was.".formatted(left));
        }
        update(ByteBuffer.wrap(block, 0, read));
        left -= read;
      }
    }
  }

  /** What was taken so far; to be asked for once. */
  Sha256 sha256() {
    return Sha256.of(sha256);
  }

  /** In base64, if it was digested; to be asked for once. */
  Optional<String> md5() {
    return Optional.ofNullable(md5)
        .map(MessageDigest::digest)
        .map(Base64.getEncoder()::encodeToString);
  }
}
