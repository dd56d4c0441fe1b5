package dev.landfall.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.EventSource;
import dev.landfall.spi.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link EventSource} must do, seen from both ends: as its sender and as its receiver.
 *
 * <p>A source's test extends it, says how to make one and how its sender sends. What a start can
 * fail of is the source's own affair and not tested here. No sender may give up while a test runs,
 * which takes seconds at most.
 */
@Timeout(60)
public abstract class EventSourceContract {

  /** What a sender hears. */
  public enum Answer {
    /** The event is taken; the sender may forget it. */
    ACKNOWLEDGED,
    /** The event is never taken; the sender should stop trying. */
    REFUSED,
    /** The sender still has the event and should try again. */
    TRY_LATER
  }

  private static final int PATIENCE_SECONDS = 20;
  private static final int MANY = 50;

  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private EventSource source;

  /** Creates the contract's test; each case has its own. */
  protected EventSourceContract() {}

  /**
   * {@return a source that is not yet started, with room for a hundred deliveries under way; the
   * contract closes it}
   *
   * @throws Exception if the test cannot go on
   */
  protected abstract EventSource newSource() throws Exception;

  /**
   * Sends one event as the source's sender does, without waiting for the answer.
   *
   * @param source started
   * @param body at least one byte
   * @return the first answer, once the sender hears it; fails if there is none
   * @throws Exception if the test cannot go on
   */
  protected abstract CompletableFuture<Answer> send(EventSource source, byte[] body)
      throws Exception;

  @BeforeEach
  final void makeSource() throws Exception {
    source = newSource();
  }

  @AfterEach
  final void closeSource() {
    arrivals.forEach(arrival -> arrival.verdict().complete(Disposition.accepted()));
    source.close();
  }

  @Test
  final void itHasANameBeforeAndAfterItIsStarted() {
    String before = source.name();
    assertFalse(before.isBlank());
    assertEquals(1, before.lines().count(), "lines of " + before);
    source.start(this::remember);
    assertFalse(source.name().isBlank());
  }

  @Test
  final void anAcceptedEventIsAcknowledged() throws Exception {
    assertEquals(Answer.ACKNOWLEDGED, answerTo(Disposition.accepted()));
  }

  @Test
  final void aRefusedEventIsRefused() throws Exception {
    assertEquals(Answer.REFUSED, answerTo(Disposition.refused("This is no event.")));
  }

  @Test
  final void anEventThatHasNoRoomIsToBeTriedLater() throws Exception {
    assertEquals(
        Answer.TRY_LATER, answerTo(Disposition.tryLater(Duration.ofSeconds(1), "No room.")));
  }

  @Test
  final void aDeliveryNamesItsSourceAndItsTime() throws Exception {
    source.start(this::remember);
    CompletableFuture<Answer> answer = send(source, bytes("event"));
    Arrival arrival = nextArrival();
    assertEquals(source.name(), arrival.delivery().source());
    assertNotNull(arrival.delivery().arrivedAt());
    arrival.verdict().complete(Disposition.accepted());
    heard(answer);
  }

  @Test
  final void anEventIsAcknowledgedOnlyAfterItIsAccepted() throws Exception {
    source.start(this::remember);
    CompletableFuture<Answer> pending = send(source, bytes("first"));
    Arrival first = nextArrival();

    CompletableFuture<Answer> other = send(source, bytes("second"));
    nextArrival().verdict().complete(Disposition.accepted());
    assertEquals(Answer.ACKNOWLEDGED, heard(other));
    assertFalse(pending.isDone(), "A sender was answered before the receiver had decided.");

    first.verdict().complete(Disposition.accepted());
    assertEquals(Answer.ACKNOWLEDGED, heard(pending));
  }

  @Test
  final void aReceiverThatThrowsAcknowledgesNothing() throws Exception {
    source.start(delivery -> {
      throw new IllegalStateException("This receiver breaks its contract on purpose.");
    });
    assertEquals(Answer.TRY_LATER, heard(send(source, bytes("event"))));
  }

  @Test
  final void aReceiverWhoseStageFailsAcknowledgesNothing() throws Exception {
    source.start(delivery -> CompletableFuture.failedFuture(
        new IllegalStateException("This stage breaks its contract on purpose.")));
    assertEquals(Answer.TRY_LATER, heard(send(source, bytes("event"))));
  }

  @Test
  final void aSourceGoesOnAfterItsReceiverFailed() throws Exception {
    Receiver receiver = delivery -> {
      if (delivery.body().length() == 1) {
        throw new IllegalStateException("This receiver breaks its contract on purpose.");
      }
      return CompletableFuture.completedFuture(Disposition.accepted());
    };
    source.start(receiver);
    assertEquals(Answer.TRY_LATER, heard(send(source, new byte[1])));
    assertEquals(Answer.ACKNOWLEDGED, heard(send(source, new byte[2])));
  }

  @Test
  final void everyByteArrivesAsItWasSent() throws Exception {
    byte[] all = new byte[256];
    for (int value = 0; value < all.length; value++) {
      all[value] = (byte) value;
    }
    assertArrives(all);
  }

  @Test
  final void aSingleByteArrives() throws Exception {
    assertArrives(new byte[] {'{'});
  }

  @Test
  final void aLargeBodyArrivesWhole() throws Exception {
    byte[] large = new byte[200_000];
    for (int position = 0; position < large.length; position++) {
      large[position] = (byte) (position * 31 + position / 251);
    }
    assertArrives(large);
  }

  @Test
  final void manyEventsAtOnceAllArriveAndEachGetsItsOwnAnswer() throws Exception {
    source.start(this::remember);
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int number = 0; number < MANY; number++) {
      answers.add(send(source, bytes(Integer.toString(number))));
    }
    List<Arrival> all = new ArrayList<>();
    for (int number = 0; number < MANY; number++) {
      all.add(nextArrival());
    }
    for (Arrival arrival : all) {
      boolean even = numberOf(arrival) % 2 == 0;
      arrival
          .verdict()
          .complete(even ? Disposition.accepted() : Disposition.refused("Odd numbers are."));
    }
    assertEquals(
        MANY, all.stream().mapToInt(EventSourceContract::numberOf).distinct().count());
    for (int number = 0; number < MANY; number++) {
      Answer expected = number % 2 == 0 ? Answer.ACKNOWLEDGED : Answer.REFUSED;
      assertEquals(expected, heard(answers.get(number)), "event " + number);
    }
  }

  @Test
  final void closingWaitsForTheAnswerToWhatIsUnderWay() throws Exception {
    source.start(this::remember);
    CompletableFuture<Answer> answer = send(source, bytes("event"));
    Arrival arrival = nextArrival();
    Thread closing = new Thread(source::close, "closing");
    closing.start();
    while (closing.isAlive()
        && closing.getState() != Thread.State.WAITING
        && closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    arrival.verdict().complete(Disposition.accepted());
    assertEquals(Answer.ACKNOWLEDGED, heard(answer));
    closing.join(SECONDS.toMillis(PATIENCE_SECONDS));
    assertFalse(closing.isAlive(), "Nothing is under way, and still the source does not close.");
  }

  /** Whether its sender is told so or hears nothing depends on the transport. */
  @Test
  final void nothingIsTakenOnceItIsClosed() throws Exception {
    source.start(this::remember);
    source.close();
    CompletableFuture<Answer> answer;
    try {
      answer = send(source, bytes("event"));
    } catch (Exception unreachable) {
      answer = CompletableFuture.failedFuture(unreachable);
    }
    Answer heard = answer
        .exceptionally(unreachable -> Answer.TRY_LATER)
        .completeOnTimeout(Answer.TRY_LATER, 1, SECONDS)
        .get(PATIENCE_SECONDS, SECONDS);
    assertEquals(Answer.TRY_LATER, heard);
    assertTrue(arrivals.isEmpty(), "The receiver was called after the source was closed.");
  }

  @Test
  final void closingTwiceIsClosingOnce() {
    source.start(this::remember);
    source.close();
    source.close();
  }

  @Test
  final void closingASourceThatWasNeverStartedDoesNothing() {
    source.close();
  }

  private Answer answerTo(Disposition disposition) throws Exception {
    source.start(delivery -> CompletableFuture.completedFuture(disposition));
    return heard(send(source, bytes("event")));
  }

  private void assertArrives(byte[] body) throws Exception {
    source.start(this::remember);
    CompletableFuture<Answer> answer = send(source, body);
    Arrival arrival = nextArrival();
    assertArrayEquals(body, arrival.delivery().body().toByteArray());
    arrival.verdict().complete(Disposition.accepted());
    assertEquals(Answer.ACKNOWLEDGED, heard(answer));
    assertTrue(arrivals.isEmpty(), "It was handed over more than once.");
  }

  private CompletableFuture<Disposition> remember(Delivery delivery) {
    Arrival arrival = new Arrival(delivery, new CompletableFuture<>());
    arrivals.add(arrival);
    return arrival.verdict();
  }

  private Arrival nextArrival() throws InterruptedException {
    return Objects.requireNonNull(
        arrivals.poll(PATIENCE_SECONDS, SECONDS), "Nothing arrived at the receiver.");
  }

  private static Answer heard(CompletableFuture<Answer> answer) throws Exception {
    return answer.get(PATIENCE_SECONDS, SECONDS);
  }

  private static int numberOf(Arrival arrival) {
    return Integer.parseInt(new String(arrival.delivery().body().toByteArray(), UTF_8));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private record Arrival(Delivery delivery, CompletableFuture<Disposition> verdict) {}
}
