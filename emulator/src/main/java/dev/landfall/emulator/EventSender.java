package dev.landfall.emulator;

import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sends events, each with the tries that the delivery rule allows. */
final class EventSender implements AutoCloseable {

  private final DeliveryRule rule;
  private final Clock clock;
  private final HttpClient client;
  private final ScheduledThreadPoolExecutor threads;
  // A try that heeds no interrupt keeps a thread, and none of those that events wait for.
  private final ExecutorService tries =
      Executors.newCachedThreadPool(DaemonThreads.named("emulator-tries"));
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
  CompletableFuture<Delivery> send(RaisedEvent event, Endpoint endpoint) {
    return begin(new Task(event, endpoint, rule.retries() + 1, new CompletableFuture<>()));
  }

  /** {@return how the only try went} */
  CompletableFuture<Delivery> sendOnce(RaisedEvent event, Endpoint endpoint) {
    return begin(new Task(event, endpoint, 1, new CompletableFuture<>()));
  }

  private record Task(
      RaisedEvent event,
      Endpoint endpoint,
      int mostAttempts,
      CompletableFuture<Delivery> outcome) {}

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
      conclude(task, attempt, answer(task));
    } catch (RejectedExecutionException closed) {
      cancel(task);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
      cancel(task);
    }
  }

  /** The limit covers the whole try, whatever limits an endpoint has of its own. */
  private Answer answer(Task task) throws InterruptedException {
    Future<Answer> one = tries.submit(() -> task.endpoint().attempt(task.event(), client));
    try {
      return one.get(rule.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return Answer.failed("no answer within " + rule.timeout());
    } catch (ExecutionException failure) {
      return Answer.failed(nameOf(failure.getCause()));
    } finally {
      one.cancel(true);
    }
  }

  private static String nameOf(@Nullable Throwable failure) {
    Class<?> type = failure == null ? Throwable.class : failure.getClass();
    return type.isAnonymousClass() ? type.getName() : type.getSimpleName();
  }

  private void conclude(Task task, int attempt, Answer answer) {
    if (answer.accepted() || attempt == task.mostAttempts()) {
      pending.remove(task);
      task.outcome()
          .complete(new Delivery(
              task.event().id(),
              task.endpoint().toString(),
              answer.accepted(),
              attempt,
              answer.status(),
              answer.text(),
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
    threads.shutdown();
    // Cancelled before interrupted: a try that returns at its interrupt is not told as accepted.
    pending.forEach(this::cancel);
    threads.shutdownNow();
    tries.shutdownNow();
  }
}
