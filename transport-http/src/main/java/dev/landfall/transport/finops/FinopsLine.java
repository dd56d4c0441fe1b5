package dev.landfall.transport.finops;

import dev.landfall.download.RetryAfter;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.Payload;
import dev.landfall.file.FetchException;
import dev.landfall.json.EventReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The way to F&amp;O: one call, one answer, within its time and no longer than asked for. */
final class FinopsLine {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration BUSY = Duration.ofSeconds(30);

  private final Clock clock;
  private final EventReader reader = new EventReader();
  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .followRedirects(HttpClient.Redirect.NEVER)
      .proxy(HttpClient.Builder.NO_PROXY)
      .connectTimeout(CONNECT)
      .build();

  FinopsLine(Clock clock) {
    this.clock = clock;
  }

  /**
   * {@return the answer, whatever its status}
   *
   * @param what is asked for, and where
   * @param request with a time for all of the answer
   * @param mostBytes of the body that are read
   * @throws FetchException if there is no answer in time
   */
  FinopsAnswer send(String what, HttpRequest request, int mostBytes) {
    try {
      HttpResponse<byte[]> answer = whole(request, mostBytes);
      return new FinopsAnswer(answer.statusCode(), object(answer.body()), retryAfter(answer));
    } catch (IOException failure) {
      throw FinopsAnswer.passing(what + " cannot be asked for", failure);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw FinopsAnswer.passing(what + " was not waited for", closing);
    }
  }

  /** The client's own timeout ends with the head of an answer; its body could take for ever. */
  private HttpResponse<byte[]> whole(HttpRequest request, int mostBytes)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> call =
        client.sendAsync(request, head -> beginning(mostBytes));
    try {
      Duration patience = request.timeout().orElseThrow();
      return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof IOException known ? known : new IOException(failure);
    } catch (TimeoutException silent) {
      throw new HttpTimeoutException("The answer has no end.");
    } finally {
      call.cancel(true);
    }
  }

  private static BodySubscriber<byte[]> beginning(int mostBytes) {
    var read = new ByteArrayOutputStream();
    return BodySubscribers.mapping(
        BodySubscribers.ofByteArrayConsumer(more -> more.ifPresent(
            bytes -> read.write(bytes, 0, Math.min(bytes.length, mostBytes - read.size())))),
        end -> read.toByteArray());
  }

  private Optional<Payload> object(byte[] body) {
    try {
      return Optional.of(reader.payload(body));
    } catch (MalformedEventException none) {
      return Optional.empty();
    }
  }

  /** F&amp;O says 429 with the seconds; without them its documentation tells to wait for 30. */
  private Duration retryAfter(HttpResponse<?> answer) {
    Duration told = answer
        .headers()
        .firstValue("Retry-After")
        .map(value -> RetryAfter.of(value, clock.instant()))
        .orElse(Duration.ZERO);
    return told.isZero() && answer.statusCode() == 429 ? BUSY : told;
  }

  /** {@return whether nothing can have come of a call, as it never reached the environment} */
  static boolean isUnsent(FetchException failure) {
    return failure.getCause() instanceof ConnectException
        || failure.getCause() instanceof HttpConnectTimeoutException;
  }
}
