package dev.landfall.download;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Takes the body of a good answer to a file in large blocks, and digests it on the way.
 *
 * <p>To write the 8 to 16 KiB that a client gives at a time costs two to three times as much as to
 * gather 256 KiB first. A smaller file needs no more than its length.
 */
final class Reception {

  private static final int BLOCK = 256 * 1024;

  private final HttpAnswer answer;
  private final String host;
  private final Path target;
  private final long expected;
  private final long longest;
  private final Progress progress;
  private final MessageDigest digest = Sha256.newDigest();
  private long received;

  /**
   * @param host for messages
   * @param longest how many bytes a file may have
   */
  Reception(HttpAnswer answer, String host, Path target, long longest, Progress progress) {
    this.answer = answer;
    this.host = host;
    this.target = target;
    this.expected = answer.header("Content-Length").map(Reception::lengthOf).orElse(-1L);
    this.longest = longest;
    this.progress = progress;
  }

  private static long lengthOf(String announced) {
    return announced.matches("[0-9]{1,18}") ? Long.parseLong(announced) : -1;
  }

  /** Takes all of it, or throws what keeps it from being whole. */
  Downloaded take() throws InterruptedException {
    if (expected > longest) {
      throw tooLarge(expected);
    }
    try (FileChannel file = FileChannel.open(
        target,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE)) {
      copyTo(file);
    } catch (IOException e) {
      NetworkFault.throwIfInterrupt(e);
      throw FetchException.passing(
          Reason.SPOOL_UNAVAILABLE,
          "The spool needs a writable folder with space left; %s cannot be written."
              .formatted(target),
          e);
    }
    if (expected >= 0 && received != expected) {
      throw FetchException.passing(
          Reason.LENGTH_MISMATCH,
          "The host announced %d bytes and sent %d.".formatted(expected, received),
          null);
    }
    return new Downloaded(received, Sha256.of(digest));
  }

  private void copyTo(FileChannel file) throws IOException, InterruptedException {
    ByteBuffer block =
        ByteBuffer.allocate(expected < 0 ? BLOCK : (int) Math.min(BLOCK, Math.max(1, expected)));
    boolean more = true;
    while (more) {
      more = fill(block.clear());
      block.flip();
      if (block.hasRemaining()) {
        digest.update(block.duplicate());
        while (block.hasRemaining()) {
          file.write(block);
        }
        progress.received(received, expected);
      }
    }
  }

  /** {@return whether the body goes on} */
  private boolean fill(ByteBuffer block) throws InterruptedException {
    try {
      while (block.hasRemaining()) {
        int more = answer.read(block);
        if (more < 0) {
          return false;
        }
        received += more;
        if (received > longest) {
          throw tooLarge(received);
        }
      }
      return true;
    } catch (IOException failure) {
      throw NetworkFault.of(failure, host, received);
    }
  }

  private FetchException tooLarge(long length) {
    return FetchException.permanent(
        Reason.TOO_LARGE,
        "A file has at most %d bytes; this one has at least %d.".formatted(longest, length));
  }
}
