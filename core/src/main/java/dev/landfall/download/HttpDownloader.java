package dev.landfall.download;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a file over HTTP into a local file.
 *
 * <p>For any number of threads; each call blocks its thread until the file is complete. A signed
 * link is fetched without credentials, byte for byte as it was spelled. Redirects are not followed
 * and no proxy is taken from the environment. Memory does not grow with the file.
 */
public final class HttpDownloader implements Downloader {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final Duration FIRST_BYTE_WITHIN = Duration.ofSeconds(60);
  private static final Duration LONGEST_STALL = Duration.ofSeconds(60);
  private static final long LARGEST = 64L << 30;

  private final HostPolicy hosts;
  private final Clock clock;
  private final Duration firstByteWithin;
  private final Duration longestStall;
  private final ScheduledExecutorService timer = StallWatch.timer();
  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .followRedirects(HttpClient.Redirect.NEVER)
      .proxy(HttpClient.Builder.NO_PROXY)
      .connectTimeout(CONNECT_WITHIN)
      .build();

  /**
   * Creates a downloader that gives up a connection after 10 s, one on which nothing moves after 60
   * s, and a file over 64 GiB.
   *
   * @param hosts which links may be followed
   * @param clock tells whether a link is still alive
   */
  public HttpDownloader(HostPolicy hosts, Clock clock) {
    this(hosts, clock, FIRST_BYTE_WITHIN, LONGEST_STALL);
  }

  HttpDownloader(HostPolicy hosts, Clock clock, Duration firstByteWithin, Duration longestStall) {
    this.hosts = hosts;
    this.clock = clock;
    this.firstByteWithin = firstByteWithin;
    this.longestStall = longestStall;
  }

  @Override
  public Downloaded fetch(FileReference reference, Path target, Progress progress)
      throws InterruptedException {
    URI uri = SignedLink.of(reference.url()).toUri();
    hosts.check(uri);
    requireAlive(reference);
    var body = new BodyChoice(reference, target, progress);
    try (StallWatch watch = new StallWatch(timer, body::received, firstByteWithin, longestStall)) {
      return receive(uri, body, watch);
    } finally {
      body.abandon();
    }
  }

  /** On this thread as far as the client lets us, without the threads that its futures take. */
  private Downloaded receive(URI uri, BodyChoice body, StallWatch watch)
      throws InterruptedException {
    try {
      return client.send(HttpRequest.newBuilder(uri).GET().build(), body).body();
    } catch (IOException failure) {
      throw translate(failure, uri);
    } catch (InterruptedException interrupted) {
      if (watch.hasStalled()) {
        throw FetchException.passing(
            Reason.FILE_UNAVAILABLE,
            "The download from %s stands still after %d bytes."
                .formatted(uri.getHost(), body.received()),
            null);
      }
      throw interrupted;
    }
  }

  private void requireAlive(FileReference reference) {
    Instant now = clock.instant();
    reference.expiresAt().filter(expiry -> !expiry.isAfter(now)).ifPresent(expiry -> {
      throw Refusal.expired(expiry, now);
    });
  }

  private static FetchException translate(IOException failure, URI uri) {
    return failure.getCause() instanceof FetchException own
        ? own
        : FetchException.passing(
            Reason.FILE_UNAVAILABLE,
            "The host %s cannot be read: %s."
                .formatted(uri.getHost(), failure.getClass().getSimpleName()),
            failure);
  }

  /** Takes a good body to the file, and the beginning of any other to the one who explains it. */
  private final class BodyChoice implements HttpResponse.BodyHandler<Downloaded> {

    private final FileReference reference;
    private final Path target;
    private final Progress progress;
    private volatile @Nullable FileSubscriber body;

    BodyChoice(FileReference reference, Path target, Progress progress) {
      this.reference = reference;
      this.target = target;
      this.progress = progress;
    }

    @Override
    public HttpResponse.BodySubscriber<Downloaded> apply(HttpResponse.ResponseInfo answer) {
      if (answer.statusCode() != 200) {
        return new Refusal(answer, reference, clock.instant());
      }
      long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
      var subscriber = new FileSubscriber(target, length, LARGEST, progress);
      body = subscriber;
      return subscriber;
    }

    void abandon() {
      FileSubscriber current = body;
      if (current != null) {
        current.abandon();
      }
    }

    long received() {
      FileSubscriber current = body;
      return current == null ? 0 : current.received();
    }
  }
}
