package dev.landfall.emulator;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Posts events, each with the tries that the delivery rule allows. */
final class EventSender implements AutoCloseable {

  private final DeliveryRule rule;
  private final Clock clock;
  private final HttpClient client;
  private final ScheduledThreadPoolExecutor threads;
  private final Set<Task> pending = ConcurrentHashMap.newKeySet();

  EventSender(DeliveryRule rule, int threadCount, SSLContext tls, Clock clock) {
    this.rule = rule;
    this.clock = clock;
    this.client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .sslContext(tls)
        .build();
    this.threads =
        new ScheduledThreadPoolExecutor(threadCount, DaemonThreads.named("emulator-events"));
    threads.setRemoveOnCancelPolicy(true);
  }

  /** {@return how it went, once the event is accepted or the tries are used up} */
  CompletableFuture<Delivery> send(String eventId, String payload, Endpoint endpoint) {
    return begin(
        new Task(eventId, payload, endpoint, rule.retries() + 1, new CompletableFuture<>()));
  }

  /** {@return how the only try went} */
  CompletableFuture<Delivery> sendOnce(String eventId, String payload, Endpoint endpoint) {
    return begin(new Task(eventId, payload, endpoint, 1, new CompletableFuture<>()));
  }

  private record Task(
      String eventId,
      String payload,
      Endpoint endpoint,
      int mostAttempts,
      CompletableFuture<Delivery> outcome) {

    HttpRequest request() {
      HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.uri())
          .header("Content-Type", "application/json; charset=utf-8")
          .POST(BodyPublishers.ofString(payload));
      endpoint.headers().forEach(request::setHeader);
      return request.build();
    }
  }

  private CompletableFuture<Delivery> begin(Task task) {
    pending.add(task);
    schedule(task, 1, 0);
    return task.outcome();
  }

  private void schedule(Task task, int attempt, long delayNanos) {
    try {
      var unused = threads.schedule(() -> attempt(task, attempt), delayNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      cancel(task);
    }
  }

  private void attempt(Task task, int attempt) {
    try {
      int status = post(task.request());
      conclude(task, attempt, status, "HTTP " + status);
    } catch (TimeoutException late) {
      conclude(task, attempt, 0, "no answer within " + rule.timeout());
    } catch (IOException failure) {
      conclude(task, attempt, 0, failure.getClass().getSimpleName());
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
      cancel(task);
    }
  }

  /** The limit covers the whole exchange; the client's own ends with the answer's head. */
  private int post(HttpRequest request) throws IOException, TimeoutException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(request, BodyHandlers.discarding());
    try {
      return exchange.get(rule.timeout().toNanos(), TimeUnit.NANOSECONDS).statusCode();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof IOException cause ? cause : new IOException(failure);
    } finally {
      exchange.cancel(true);
    }
  }

  private void conclude(Task task, int attempt, int status, String answer) {
    boolean accepted = status >= 200 && status < 300;
    if (accepted || attempt == task.mostAttempts()) {
      pending.remove(task);
      task.outcome()
          .complete(new Delivery(
              task.eventId(),
              task.endpoint().toString(),
              accepted,
              attempt,
              status,
              answer,
              clock.instant()));
    } else {
      schedule(task, attempt + 1, rule.pause().toNanos());
    }
  }

  private void cancel(Task task) {
    pending.remove(task);
    task.outcome().cancel(false);
  }

  /** Gives up what is under way; its outcomes are cancelled. */
  @Override
  public void close() {
    threads.shutdownNow();
    pending.forEach(this::cancel);
  }
}
