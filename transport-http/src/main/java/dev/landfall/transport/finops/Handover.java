package dev.landfall.transport.finops;

import dev.landfall.event.RawEvent;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.Disposition.Verdict;
import dev.landfall.spi.Receiver;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the events of executions over, again and again until each is in custody or refused. */
final class Handover {

  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private final String source;
  private final Clock clock;
  private final Duration pause;
  private final OneThread thread;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * Creates it.
   *
   * @param source its name
   * @param clock the time
   * @param pause before an event is handed over again to a receiver that failed
   * @param thread what is heard is heard on
   */
  Handover(String source, Clock clock, Duration pause, OneThread thread) {
    this.source = source;
    this.clock = clock;
    this.pause = pause;
    this.thread = thread;
  }

  /** {@return whether everything that was handed over has its answer} */
  boolean isDone() {
    return open.get() == 0;
  }

  /** Begins to hand an event over. */
  void of(RawEvent event, String execution, Receiver receiver) {
    open.incrementAndGet();
    handOver(event, execution, receiver);
  }

  private void handOver(RawEvent event, String execution, Receiver receiver) {
    try {
      var unused = receiver
          .receive(new Delivery(source, clock.instant(), event))
          .whenComplete((disposition, failure) -> thread.later(
              Duration.ZERO, () -> heard(event, execution, receiver, disposition, failure)));
    } catch (RuntimeException | Error broken) {
      heard(event, execution, receiver, null, broken);
    }
  }

  private void heard(
      RawEvent event,
      String execution,
      Receiver receiver,
      @Nullable Disposition disposition,
      @Nullable Throwable failure) {
    boolean again = disposition == null || disposition.verdict() == Verdict.TRY_LATER;
    if (disposition == null) {
      LOG.error("{}: the receiver failed, which its contract forbids.", source, failure);
    } else if (disposition.verdict() == Verdict.REFUSED) {
      LOG.warn("{}: {} is refused. {}", source, execution, disposition.explanation());
    }
    if (again && !thread.isClosing()) {
      Duration wait = disposition == null ? pause : disposition.retryAfter();
      thread.later(wait, () -> handOver(event, execution, receiver));
    } else {
      open.decrementAndGet();
    }
  }
}
