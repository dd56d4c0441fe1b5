package dev.landfall.transport.finops;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.landfall.event.BusinessEvent;
import dev.landfall.json.EventReader;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Receiver;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A receiver whose verdicts the test gives. */
final class Taker implements Receiver {

  record Taken(Delivery delivery, BusinessEvent event, CompletableFuture<Disposition> verdict) {

    void accept() {
      verdict.complete(Disposition.accepted());
    }

    String member(String name) {
      return event.payload().text(name).orElse("");
    }
  }

  private final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Override
  public CompletionStage<Disposition> receive(Delivery delivery) {
    Taken one =
        new Taken(delivery, new EventReader().read(delivery.body()), new CompletableFuture<>());
    taken.add(one);
    return one.verdict();
  }

  @Override
  public void lost(String source, Failure failure) {
    told.add("lost: " + failure.message());
  }

  @Override
  public void restored(String source) {
    told.add("restored");
  }

  Taken next() throws InterruptedException {
    Taken one = taken.poll(20, TimeUnit.SECONDS);
    assertNotNull(one, () -> "Nothing arrived; " + told);
    return one;
  }

  boolean isEmpty() {
    return taken.isEmpty();
  }

  /** What the listeners of a pipeline would have heard. */
  List<String> told() {
    return told;
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("It has not come within 20 s.");
      }
      Thread.onSpinWait();
    }
  }
}
