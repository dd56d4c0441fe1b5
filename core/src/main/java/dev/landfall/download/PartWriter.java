package dev.landfall.download;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Writes a file on its way, from where it stands, and digests what it writes.
 *
 * <p>To digest a block costs more than to write it, so a large one is digested on another thread
 * while the next is fetched.
 */
final class PartWriter implements AutoCloseable {

  /** A smaller block is digested sooner than handed over. */
  static final int LARGE = 128 * 1024;

  private final Part part;
  private final FileChannel channel;
  private final Executor digester;
  private CompletableFuture<Void> digested = CompletableFuture.completedFuture(null);

  private PartWriter(Part part, FileChannel channel, Executor digester) {
    this.part = part;
    this.channel = channel;
    this.digester = digester;
  }

  /** Opens the file and takes up what is here of it. */
  static PartWriter open(Part part, Executor digester) throws InterruptedException {
    try {
      return new PartWriter(part, part.received() == 0 ? emptied(part) : takenUp(part), digester);
    } catch (IOException e) {
      throw unwritable(part, e);
    }
  }

  private static FileChannel emptied(Part part) throws IOException {
    return FileChannel.open(
        part.file(),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  private static FileChannel takenUp(Part part) throws IOException {
    FileChannel channel =
        FileChannel.open(part.file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.size() < part.received()) {
        // What is not on disk as it was told is no beginning.
        part.begin(Version.UNKNOWN);
      }
      if (part.digests() == null) {
        part.digests(Digests.ofBeginning(
            part.file(), part.received(), part.version().md5().isPresent()));
      }
      return channel.truncate(part.received()).position(part.received());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  static FetchException unwritable(Part part, IOException e) throws InterruptedException {
    NetworkFault.throwIfInterrupt(e);
    return FetchException.passing(
        Reason.SPOOL_UNAVAILABLE,
        "The spool needs a writable folder with space left; %s cannot be written."
            .formatted(part.file()),
        e);
  }

  Part part() {
    return part;
  }

  /** Throws away what is here, for all of this version. */
  void begin(Version version) throws InterruptedException {
    digested.join();
    try {
      if (part.received() > 0) {
        channel.truncate(0);
      }
    } catch (IOException e) {
      throw unwritable(part, e);
    }
    part.begin(version);
  }

  /**
   * Writes all that remains of a block, which must not be changed before the next one is written.
   */
  void write(ByteBuffer block) throws InterruptedException {
    ByteBuffer written = block.duplicate();
    try {
      while (block.hasRemaining()) {
        part.add(channel.write(block));
      }
    } catch (IOException e) {
      throw unwritable(part, e);
    } finally {
      digest(written.limit(block.position()));
    }
  }

  private void digest(ByteBuffer bytes) {
    Digests digests = digests();
    digested.join();
    if (bytes.remaining() < LARGE) {
      digests.update(bytes);
    } else {
      digested = CompletableFuture.runAsync(() -> digests.update(bytes), digester);
    }
  }

  /** Compares what is here with what its host told of it; what differs is of no use to anyone. */
  Downloaded finish() throws InterruptedException {
    digested.join();
    Version version = part.version();
    long length = part.received();
    Digests digests = digests();
    part.digests(null);
    Sha256 sha256 = digests.sha256();
    Optional<String> md5 = digests.md5();
    if (version.length() >= 0 && length != version.length()) {
      begin(Version.UNKNOWN);
      throw FetchException.passing(
          Reason.LENGTH_MISMATCH,
          "The host announced %d bytes and sent %d.".formatted(version.length(), length),
          null);
    }
    if (md5.isPresent() && version.md5().isPresent() && !md5.equals(version.md5())) {
      begin(Version.UNKNOWN);
      throw FetchException.passing(
          Reason.CHECKSUM_MISMATCH,
          "The host tells the MD5 %s of the file and sent bytes with the MD5 %s; it is fetched again."
              .formatted(version.md5().get(), md5.get()),
          null);
    }
    return new Downloaded(length, sha256);
  }

  private Digests digests() {
    return Objects.requireNonNull(part.digests(), "what is here belongs to a version");
  }

  @Override
  public void close() throws IOException {
    digested.join();
    channel.close();
  }
}
