package dev.landfall.transport.servicebus;

import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import com.azure.messaging.servicebus.ServiceBusSessionReceiverAsyncClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Receives from several sessions of an entity at once: takes the next that is free, stays with it
 * while it has messages, and gives it up for another.
 */
final class Sessions implements Inflow {

  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final int atOnce;
  private final ServiceBusSessionReceiverAsyncClient client;
  private final ServiceBusReceiverAsyncClient lookout;
  private final Function<ServiceBusReceiverAsyncClient, Reception> receptions;
  private final ScheduledExecutorService clockwork;
  private final Set<Reception> held = ConcurrentHashMap.newKeySet();
  private final Disposable.Composite seeking = Disposables.composite();
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final CompletableFuture<Throwable> lost = new CompletableFuture<>();
  private volatile long lastChange = System.nanoTime();
  private volatile boolean stopped;

  /**
   * Uses two clients, of which one only looks: an entity with sessions can be looked at without
   * holding one.
   */
  Sessions(
      int atOnce,
      ServiceBusSessionReceiverAsyncClient client,
      ServiceBusReceiverAsyncClient lookout,
      Function<ServiceBusReceiverAsyncClient, Reception> receptions,
      ScheduledExecutorService clockwork) {
    this.atOnce = atOnce;
    this.client = client;
    this.lookout = lookout;
    this.receptions = receptions;
    this.clockwork = clockwork;
  }

  @Override
  public void start() {
    for (int each = 0; each < atOnce; each++) {
      seek();
    }
  }

  private void seek() {
    if (stopped) {
      return;
    }
    Disposable.Swap one = Disposables.swap();
    seeking.add(one);
    one.update(client
        .acceptNextSession()
        .doFinally(end -> seeking.remove(one))
        .subscribe(this::hold, this::failed));
  }

  private void hold(ServiceBusReceiverAsyncClient session) {
    opened.complete(null);
    lastChange = System.nanoTime();
    Reception reception = receptions.apply(session);
    held.add(reception);
    if (stopped) {
      reception.close();
      return;
    }
    var unused = reception.lost().thenRun(() -> giveUp(reception));
    reception.start();
    watch(reception);
  }

  private void watch(Reception reception) {
    later(TICK, () -> {
      if (reception.isQuiet(IDLE) && reception.isEmpty()) {
        giveUp(reception);
      } else if (held.contains(reception)) {
        watch(reception);
      }
    });
  }

  private void giveUp(Reception reception) {
    if (held.remove(reception)) {
      lastChange = System.nanoTime();
      // It blocks, for a minute if the broker does not answer.
      var unused = Schedulers.boundedElastic().schedule(() -> {
        reception.close();
        seek();
      });
    }
  }

  /**
   * That no session is free is no failure, though some versions of the client tell it as one; and
   * one failure is no reason to let go of sessions that are well.
   */
  private void failed(Throwable failure) {
    boolean nothingFree = failure instanceof TimeoutException
        || (failure instanceof ServiceBusException told
            && ServiceBusFailureReason.SERVICE_TIMEOUT.equals(told.getReason()));
    if (nothingFree || !held.isEmpty()) {
      later(PAUSE, this::seek);
    } else {
      lost.complete(failure);
    }
  }

  private void later(Duration wait, Runnable step) {
    try {
      var unused = clockwork.schedule(step, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // Nothing is to be done any more.
    }
  }

  @Override
  public CompletableFuture<Void> opened() {
    return opened;
  }

  @Override
  public CompletableFuture<Throwable> lost() {
    return lost;
  }

  @Override
  public Mono<Void> probe() {
    return lookout.peekMessage(0).then();
  }

  /** A session that is silent is given up by itself; this is about there being none. */
  @Override
  public boolean isQuiet(Duration time) {
    return held.isEmpty() && System.nanoTime() - lastChange >= time.toNanos();
  }

  @Override
  public Mono<ServiceBusReceivedMessage> leftWaiting() {
    return Reception.leftWaiting(lookout);
  }

  @Override
  public CompletionStage<Void> stop() {
    stopped = true;
    seeking.dispose();
    return CompletableFuture.allOf(held.stream()
        .map(reception -> reception.stop().toCompletableFuture())
        .toArray(CompletableFuture[]::new));
  }

  @Override
  public void close() {
    stopped = true;
    seeking.dispose();
    held.forEach(Reception::close);
    client.close();
    lookout.close();
  }
}
