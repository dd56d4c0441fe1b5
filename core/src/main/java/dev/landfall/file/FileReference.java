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
  private final String host;
  private final String name;
  private final @Nullable Instant expiresAt;
  private final @Nullable Instant announcedAt;

  private FileReference(
      String url,
      String host,
      String name,
      @Nullable Instant expiresAt,
      @Nullable Instant announcedAt) {
    this.url = url;
    this.host = host;
    this.name = name;
    this.expiresAt = expiresAt;
    this.announcedAt = announcedAt;
  }

  /**
   * {@return where a link leads, called and alive as the link tells; it is fetched without any
   * credential}
   *
   * @param link the link, which carries its own permission; its structure is checked when it is
   *     fetched
   */
  public static FileReference of(SignedLink link) {
    return new FileReference(
        link.url(), link.host().orElse(""), link.name(), link.expiresAt().orElse(null), null);
  }

  /**
   * {@return this reference with another name, for who knows a better one than the link has}
   *
   * @param newName the file's name, without folders
   */
  public FileReference named(String newName) {
    return new FileReference(url, host, newName, expiresAt, announcedAt);
  }

  /**
   * {@return this reference to a file that was announced then}; a file that is not there may still
   * appear shortly after
   *
   * @param time the time of its event
   */
  public FileReference announcedAt(Instant time) {
    return new FileReference(url, host, name, expiresAt, time);
  }

  /** {@return the link byte for byte; a secret, not for logs} */
  public String url() {
    return url;
  }

  /** {@return the host in lower case, without port; empty if the link has none} */
  public String host() {
    return host;
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

  /** {@return when the file was announced, if that is known} */
  public Optional<Instant> announcedAt() {
    return Optional.ofNullable(announcedAt);
  }

  /** {@return the link without its query} */
  @Override
  public String toString() {
    return SignedLink.of(url).toString();
  }
}
