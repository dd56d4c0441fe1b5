package dev.landfall.download;

import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * Fetches a file over HTTP into a local file.
 *
 * <p>For any number of threads; each call blocks its thread until the file is complete. A signed
 * link is fetched without credentials, byte for byte as it was spelled. Redirects are not followed
 * and no proxy is taken from the environment. Memory does not grow with the file.
 */
public final class HttpDownloader implements Downloader, AutoCloseable {

  private static final long LARGEST = 64L << 30;

  private final HostPolicy hosts;
  private final Clock clock;
  private final HttpReader reader;

  /**
   * Creates a downloader that reads with {@link JdkHttpReader} and the {@link Patience#usual usual}
   * patience, and gives up a file over 64 GiB.
   *
   * @param hosts which links may be followed
   * @param clock tells whether a link is still alive
   */
  public HttpDownloader(HostPolicy hosts, Clock clock) {
    this(hosts, clock, JdkHttpReader.open(hosts, Patience.usual()));
  }

  /**
   * Creates a downloader that gives up a file over 64 GiB.
   *
   * @param hosts which links may be followed
   * @param clock tells whether a link is still alive
   * @param reader asks for them; closed with the downloader
   */
  public HttpDownloader(HostPolicy hosts, Clock clock, HttpReader reader) {
    this.hosts = hosts;
    this.clock = clock;
    this.reader = reader;
  }

  @Override
  public Downloaded fetch(FileReference reference, Path target, Progress progress)
      throws InterruptedException {
    URI uri = SignedLink.of(reference.url()).toUri();
    hosts.check(uri);
    requireAlive(reference);
    try (HttpAnswer answer = ask(uri)) {
      if (answer.status() != 200) {
        throw Refusal.of(answer, reference, clock.instant());
      }
      return new Reception(answer, uri.getHost(), target, LARGEST, progress).take();
    }
  }

  private HttpAnswer ask(URI uri) throws InterruptedException {
    try {
      return reader.get(uri, Map.of());
    } catch (IOException failure) {
      throw NetworkFault.of(failure, uri.getHost(), 0);
    }
  }

  private void requireAlive(FileReference reference) {
    Instant now = clock.instant();
    reference.expiresAt().filter(expiry -> !expiry.isAfter(now)).ifPresent(expiry -> {
      throw Refusal.expired(expiry, now);
    });
  }

  /** Closes its reader; to be called after the last download. */
  @Override
  public void close() {
    reader.close();
  }
}
