package dev.landfall.bench.latency;

import dev.landfall.bench.frame.Child;
import dev.landfall.emulator.Export;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/** Posts events to a child and waits until it tells that they have landed. */
final class Events {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Child child;
  private final URI endpoint;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Events(Child child, URI endpoint) {
    this.child = child;
    this.endpoint = endpoint;
  }

  /**
   * Posts each event when the one before it was answered and has landed.
   *
   * @return how long each took, in nanoseconds
   */
  long[] oneAfterAnother(List<Export> exports) throws IOException, InterruptedException {
    long[] took = new long[exports.size()];
    for (int i = 0; i < took.length; i++) {
      Map<String, Long> sent = new HashMap<>();
      long begin = System.nanoTime();
      sent.put(exports.get(i).eventId(), begin);
      requireAccepted(client.send(request(exports.get(i)), HttpResponse.BodyHandlers.discarding()));
      took[i] = nextLanded(sent);
    }
    return took;
  }

  /**
   * Posts events at fixed times, whatever becomes of the earlier ones.
   *
   * @return how long each took from the time it was to be posted, so that a stall is not hidden
   */
  long[] paced(List<Export> exports, int perSecond) throws IOException, InterruptedException {
    Map<String, Long> planned = new HashMap<>();
    List<CompletableFuture<HttpResponse<Void>>> answers = new ArrayList<>();
    long begin = System.nanoTime();
    for (Export export : exports) {
      long at = begin + answers.size() * NANOS_PER_SECOND / perSecond;
      awaitTime(at);
      planned.put(export.eventId(), at);
      answers.add(client.sendAsync(request(export), HttpResponse.BodyHandlers.discarding()));
    }
    long[] took = new long[exports.size()];
    for (int i = 0; i < took.length; i++) {
      took[i] = nextLanded(planned);
    }
    for (CompletableFuture<HttpResponse<Void>> answer : answers) {
      requireAccepted(join(answer));
    }
    return took;
  }

  private HttpRequest request(Export export) {
    return HttpRequest.newBuilder(endpoint)
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(export.payload()))
        .build();
  }

  private long nextLanded(Map<String, Long> sent) throws IOException, InterruptedException {
    Child.Line line = child.next(PATIENCE);
    Long begin = sent.remove(line.text().toUpperCase(Locale.ROOT));
    if (begin == null) {
      throw new IOException("What landed was not under way: " + line.text());
    }
    return line.nanos() - begin;
  }

  private static void awaitTime(long at) {
    for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static HttpResponse<Void> join(CompletableFuture<HttpResponse<Void>> answer)
      throws IOException {
    try {
      return answer.join();
    } catch (CompletionException failed) {
      throw new IOException("An event could not be posted.", failed);
    }
  }

  private static void requireAccepted(HttpResponse<Void> answer) throws IOException {
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("An event was answered with status %d.".formatted(answer.statusCode()));
    }
  }
}
