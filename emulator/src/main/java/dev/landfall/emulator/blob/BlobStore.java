package dev.landfall.emulator.blob;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps blobs as files of one folder, with what Azure tells about them. */
public final class BlobStore {

  private static final int BUFFER = 256 * 1024;
  private static final long TICKS_AT_EPOCH = 621_355_968_000_000_000L;
  private static final long TICKS_PER_MILLI = 10_000;

  private final Path folder;
  private final Clock clock;
  private final Map<String, Blob> blobs = new ConcurrentHashMap<>();
  private final AtomicLong lastTicks = new AtomicLong();

  /**
   * A store without blobs.
   *
   * @param folder an existing folder
   * @param clock gives blobs their time
   */
  public BlobStore(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Stores a blob, in place of one that has its name.
   *
   * @param name the blob's name
   * @param inBlocks whether it is uploaded in blocks, which leaves it without an MD5
   * @param content writes the bytes
   * @return the stored blob
   * @throws IOException if the content or the disk fails; nothing is stored then
   */
  public Blob put(String name, boolean inBlocks, Content content) throws IOException {
    Path file = folder.resolve(UUID.randomUUID() + ".blob");
    try {
      Blob blob = write(name, file, inBlocks, content);
      Blob before = blobs.put(name, blob);
      if (before != null) {
        Files.deleteIfExists(before.file());
      }
      return blob;
    } catch (IOException | RuntimeException failure) {
      Files.deleteIfExists(file);
      throw failure;
    }
  }

  private Blob write(String name, Path file, boolean inBlocks, Content content) throws IOException {
    MessageDigest sha256 = digest("SHA-256");
    MessageDigest md5 = digest("MD5");
    try (OutputStream disk = Files.newOutputStream(file);
        OutputStream hashed = new DigestOutputStream(disk, sha256);
        OutputStream twice = inBlocks ? hashed : new DigestOutputStream(hashed, md5);
        OutputStream out = new BufferedOutputStream(twice, BUFFER)) {
      content.writeTo(out);
    }
    Instant now = clock.instant();
    return new Blob(
        name,
        file,
        Files.size(file),
        HexFormat.of().formatHex(sha256.digest()),
        inBlocks ? null : Base64.getEncoder().encodeToString(md5.digest()),
        etag(now),
        now);
  }

  /** Azure's ETags are the time of writing in ticks of 100 ns since the year 1. */
  private String etag(Instant now) {
    long ticks = TICKS_AT_EPOCH + now.toEpochMilli() * TICKS_PER_MILLI;
    return "\"0x%015X\"".formatted(lastTicks.updateAndGet(last -> Math.max(last + 1, ticks)));
  }

  /**
   * {@return a blob that is there}
   *
   * @param name the blob's name
   */
  public Optional<Blob> find(String name) {
    return Optional.ofNullable(blobs.get(name));
  }

  /**
   * Removes a blob.
   *
   * @param name the blob's name
   * @return whether it was there
   * @throws IOException if the disk refuses
   */
  public boolean remove(String name) throws IOException {
    Blob blob = blobs.remove(name);
    return blob != null && Files.deleteIfExists(blob.file());
  }

  /**
   * Removes all blobs.
   *
   * @throws IOException if the disk refuses
   */
  public void clear() throws IOException {
    for (String name : blobs.keySet()) {
      remove(name);
    }
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Writes a blob's bytes. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes all bytes.
     *
     * @param out not to be closed
     * @throws IOException if the bytes cannot be read or written
     */
    void writeTo(OutputStream out) throws IOException;
  }
}
