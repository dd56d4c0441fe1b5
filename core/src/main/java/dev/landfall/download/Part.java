package dev.landfall.download;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to local disk: where it lies, how much of it is here, and of which version.
 *
 * <p>Used by one download at a time. What one has left the next goes on from, even over another
 * link, as long as the host says that it is still the same file.
 */
public final class Part {

  private final Path file;
  private long received;
  private Version version;
  private @Nullable Digests digests;

  private Part(Path file, long received, Version version) {
    this.file = file;
    this.received = received;
    this.version = version;
  }

  /**
   * {@return a file of which nothing is here}
   *
   * @param file is created or overwritten
   */
  public static Part at(Path file) {
    return new Part(file, 0, Version.UNKNOWN);
  }

  /**
   * {@return a file of which an earlier download has left a part}
   *
   * @param file holds at least {@code received} bytes
   * @param received how many bytes of it are to be gone on from, from its beginning
   * @param version what the earlier download knew of it
   */
  public static Part begun(Path file, long received, Version version) {
    return new Part(file, received, version);
  }

  /** {@return where it lies} */
  public Path file() {
    return file;
  }

  /** {@return how many bytes are here, from the beginning} */
  public long received() {
    return received;
  }

  /** {@return what is known of the file that they are the beginning of} */
  public Version version() {
    return version;
  }

  /** {@return whether there is anything that a later download can go on from} */
  public boolean isWorthKeeping() {
    return received > 0 && version.tag().isPresent();
  }

  /** Begins the file again, of this version. */
  void begin(Version found) {
    received = 0;
    version = found;
    digests = new Digests(found.md5().isPresent());
  }

  /** Learns more of the version that it is of already. */
  void learn(Version found) {
    version = found;
  }

  void add(int bytes) {
    received += bytes;
  }

  @Nullable
  Digests digests() {
    return digests;
  }

  /** Digests go on with the file, until they are asked for what they have come to. */
  void digests(@Nullable Digests soFar) {
    digests = soFar;
  }
}
