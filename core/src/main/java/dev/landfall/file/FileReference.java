package dev.landfall.file;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an exported file can be fetched, what it is called, and when the link dies.
 *
 * <p>The URL is a bearer secret: whoever has it can read the file. {@link #toString} shows it
 * without its query. It is kept byte for byte, because a signature covers its exact spelling.
 */
public final class FileReference {

  private final String url;
  private final String name;
  private final @Nullable Instant expiresAt;

  private FileReference(String url, String name, @Nullable Instant expiresAt) {
    this.url = url;
    this.name = name;
    this.expiresAt = expiresAt;
  }

  /**
   * A link that carries its own permission; it is fetched without any credential.
   *
   * @param url the link, byte for byte as it was received
   * @param name the file's name, decoded, without folders
   * @param expiresAt when the link dies, or null if it does not tell
   * @return the reference
   */
  public static FileReference signedLink(String url, String name, @Nullable Instant expiresAt) {
    return new FileReference(url, name, expiresAt);
  }

  /** {@return the link byte for byte; a secret, not for logs} */
  public String url() {
    return url;
  }

  /** {@return the file's name without folders, such as {@code Customer g.csv}} */
  public String name() {
    return name;
  }

  /** {@return the format that the name tells} */
  public FileFormat format() {
    return FileFormat.ofName(name);
  }

  /** {@return when the link dies, if it tells} */
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }

  /** {@return the link without its query} */
  @Override
  public String toString() {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query) + "?...";
  }
}
