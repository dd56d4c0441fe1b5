package dev.landfall.file;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
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
  private final @Nullable Supplier<String> token;

  private FileReference(
      String url,
      String host,
      String name,
      @Nullable Instant expiresAt,
      @Nullable Instant announcedAt,
      @Nullable Supplier<String> token) {
    this.url = url;
    this.host = host;
    this.name = name;
    this.expiresAt = expiresAt;
    this.announcedAt = announcedAt;
    this.token = token;
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
        link.url(), link.host().orElse(""), link.name(), link.expiresAt().orElse(null), null, null);
  }

  /**
   * {@return where a file lies that its host gives only to who shows a bearer token}
   *
   * @param location its address; https, or http on this machine's loopback address. The token is
   *     shown to that host alone
   * @param token gives one whenever the file is asked for; called by the thread that fetches, and
   *     may block
   * @throws IllegalArgumentException if the token would travel in the clear
   */
  public static FileReference withToken(URI location, Supplier<String> token) {
    SignedLink link = SignedLink.of(location.toASCIIString());
    String host = link.host().orElse("");
    boolean isLocal = "http".equalsIgnoreCase(location.getScheme())
        && (host.equals("127.0.0.1") || host.equals("[::1]"));
    if (!isLocal && !"https".equalsIgnoreCase(location.getScheme())) {
      throw new IllegalArgumentException(
          "A token travels over https, or on this machine; %s is neither.".formatted(link));
    }
    return new FileReference(link.url(), host, link.name(), null, null, token);
  }

  /**
   * {@return this reference with another name, for who knows a better one than the link has}
   *
   * @param newName the file's name, without folders
   */
  public FileReference named(String newName) {
    return new FileReference(url, host, newName, expiresAt, announcedAt, token);
  }

  /**
   * {@return this reference to a file that was announced then}; a file that is not there may still
   * appear shortly after
   *
   * @param time the time of its event
   */
  public FileReference announcedAt(Instant time) {
    return new FileReference(url, host, name, expiresAt, time, token);
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

  /** {@return what gives the token that the file's host wants to see, if it wants one} */
  public Optional<Supplier<String>> token() {
    return Optional.ofNullable(token);
  }

  /** {@return the link without its query} */
  @Override
  public String toString() {
    return SignedLink.of(url).toString();
  }
}
