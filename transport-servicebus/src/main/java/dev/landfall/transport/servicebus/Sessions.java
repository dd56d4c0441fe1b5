package dev.landfall.transport.servicebus;

import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import com.azure.messaging.servicebus.ServiceBusSessionReceiverAsyncClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * Receives from several sessions of an entity at once: takes the next that is free, stays with it
 * while it has messages, and gives it up for another.
 */
final class Sessions extends Inflow {

  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final int atOnce;
  private final ServiceBusSessionReceiverAsyncClient client;
  private final ServiceBusReceiverAsyncClient lookout;
  private final Function<ServiceBusReceiverAsyncClient, Reception> receptions;
  private final Clockwork clockwork;
  private final Set<Reception> held = ConcurrentHashMap.newKeySet();
  private final Disposable.Composite seeking = Disposables.composite();
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
      Clockwork clockwork) {
    super(lookout);
    this.atOnce = atOnce;
    this.client = client;
    this.lookout = lookout;
    this.receptions = receptions;
    this.clockwork = clockwork;
  }

  @Override
  void start() {
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
    opened().complete(null);
    changed();
    Reception reception = receptions.apply(session);
    held.add(reception);
    if (stopped) {
      reception.close();
      return;
    }
    var unused = reception.lost().thenRun(() -> giveUp(reception, PAUSE));
    reception.start();
    watch(reception);
  }

  private void watch(Reception reception) {
    var unused = clockwork.later(TICK, () -> {
      if (reception.isQuiet(IDLE)) {
        giveUp(reception, Duration.ZERO);
      } else if (held.contains(reception)) {
        watch(reception);
      }
    });
  }

  private void giveUp(Reception reception, Duration wait) {
    if (held.remove(reception)) {
      changed();
      var unused = Schedulers.boundedElastic().schedule(() -> {
        reception.close();
        seekAfter(wait);
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
      seekAfter(PAUSE);
    } else {
      lost().complete(failure);
    }
  }

  private void seekAfter(Duration wait) {
    var unused = clockwork.later(wait, this::seek);
  }

  /** A session that is silent is given up by itself; what is watched is there being none. */
  @Override
  boolean isEmpty() {
    return held.isEmpty();
  }

  @Override
  CompletionStage<Void> stop() {
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
