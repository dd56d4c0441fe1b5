package dev.landfall.transport.servicebus;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.landfall.event.RawEvent;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Receiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Takes deliveries, answers as it is told, and remembers what it hears. */
final class Taker implements Receiver {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BlockingQueue<Delivery> taken = new LinkedBlockingQueue<>();
  private final List<Failure> losses = new CopyOnWriteArrayList<>();
  private final List<String> restorations = new CopyOnWriteArrayList<>();
  private final Function<Delivery, CompletionStage<Disposition>> answer;

  private Taker(Function<Delivery, CompletionStage<Disposition>> answer) {
    this.answer = answer;
  }

  static Taker accepting() {
    return answering(delivery -> Disposition.accepted());
  }

  static Taker answering(Function<Delivery, Disposition> answer) {
    return new Taker(delivery -> CompletableFuture.completedFuture(answer.apply(delivery)));
  }

  static Taker deciding(Function<Delivery, CompletionStage<Disposition>> answer) {
    return new Taker(answer);
  }

  /** All deliveries wait for the same verdict. */
  static Taker waitingFor(CompletionStage<Disposition> verdict) {
    return new Taker(delivery -> verdict);
  }

  @Override
  public CompletionStage<Disposition> receive(Delivery delivery) {
    taken.add(delivery);
    return answer.apply(delivery);
  }

  @Override
  public void lost(String source, Failure failure) {
    losses.add(failure);
  }

  @Override
  public void restored(String source) {
    restorations.add(source);
  }

  List<Failure> losses() {
    return losses;
  }

  List<String> restorations() {
    return restorations;
  }

  Delivery next() throws InterruptedException {
    return Objects.requireNonNull(
        taken.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), "Nothing came.");
  }

  String nextText() throws InterruptedException {
    return text(next().body());
  }

  void assertNothingFor(Duration time) throws InterruptedException {
    assertNull(taken.poll(time.toMillis(), TimeUnit.MILLISECONDS), "It came again.");
  }

  /** What came and was not asked for yet. */
  List<String> texts() {
    return taken.stream().map(delivery -> text(delivery.body())).toList();
  }

  static String text(RawEvent body) {
    return new String(body.toByteArray(), StandardCharsets.UTF_8);
  }
}
