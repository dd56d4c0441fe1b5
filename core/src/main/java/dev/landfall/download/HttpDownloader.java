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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
  private static final Duration LONGEST_STALL = Duration.ofSeconds(60);
  private static final long LARGEST = 64L << 30;

  private final HostPolicy hosts;
  private final Clock clock;
  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .followRedirects(HttpClient.Redirect.NEVER)
      .proxy(HttpClient.Builder.NO_PROXY)
      .connectTimeout(CONNECT_WITHIN)
      .build();

  /**
   * Creates a downloader that gives up a connection after 10 s, an answer or a stall after 60 s,
   * and a file over 64 GiB.
   *
   * @param hosts which links may be followed
   * @param clock tells whether a link is still alive
   */
  public HttpDownloader(HostPolicy hosts, Clock clock) {
    this.hosts = hosts;
    this.clock = clock;
  }

  @Override
  public Downloaded fetch(FileReference reference, Path target, Progress progress)
      throws InterruptedException {
    URI uri = SignedLink.of(reference.url()).toUri();
    hosts.check(uri);
    requireAlive(reference);
    var request = HttpRequest.newBuilder(uri).timeout(ANSWER_WITHIN).GET().build();
    var body = new BodyChoice(reference, target, progress);
    CompletableFuture<HttpResponse<Downloaded>> answer = client.sendAsync(request, body);
    try {
      return await(answer, body).body();
    } catch (ExecutionException e) {
      throw translate(e.getCause() == null ? e : e.getCause(), uri);
    } finally {
      answer.cancel(true);
      body.abandon();
    }
  }

  private void requireAlive(FileReference reference) {
    Instant now = clock.instant();
    reference.expiresAt().filter(expiry -> !expiry.isAfter(now)).ifPresent(expiry -> {
      throw Refusal.expired(expiry, now);
    });
  }

  /** The client's own time-out ends with the headers, so the body is watched here. */
  private static HttpResponse<Downloaded> await(
      CompletableFuture<HttpResponse<Downloaded>> answer, BodyChoice body)
      throws InterruptedException, ExecutionException {
    Duration patience = CONNECT_WITHIN.plus(ANSWER_WITHIN);
    long before = -1;
    while (true) {
      try {
        return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException noEndYet) {
        long now = body.received();
        if (now == before) {
          throw FetchException.passing(
              Reason.FILE_UNAVAILABLE,
              "The download stalled: nothing came for %d s after %d bytes."
                  .formatted(patience.toSeconds(), now),
              null);
        }
        before = now;
        patience = LONGEST_STALL;
      }
    }
  }

  private static FetchException translate(Throwable cause, URI uri) {
    if (cause instanceof FetchException own) {
      return own;
    }
    if (cause instanceof IOException io) {
      return FetchException.passing(
          Reason.FILE_UNAVAILABLE,
          "The host %s cannot be read: %s."
              .formatted(uri.getHost(), io.getClass().getSimpleName()),
          io);
    }
    throw new IllegalStateException("The HTTP client failed unexpectedly.", cause);
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
