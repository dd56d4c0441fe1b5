package dev.landfall.transport.finops;

import dev.landfall.event.LandfallException;
import dev.landfall.file.FetchException;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.EventSource;
import dev.landfall.spi.Receiver;
import dev.landfall.transport.finops.LandedBefore.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the files of a recurring export out of its queue in F&amp;O, for environments where events
 * are not possible.
 *
 * <pre>{@code
 * RecurringExports.of(contoso, activityId).entity("Customer groups").legalEntity("usmf").build()
 * }</pre>
 *
 * <p>F&amp;O is asked for one message at a time, at once again while there are some, and ever more
 * rarely while there are none. Each becomes an event of the type of F&amp;O's own export event, so
 * that the same routes take it, and is acknowledged only once its file is stored: who acknowledges
 * first might find the file gone. What is not acknowledged within 30 minutes is handed out again by
 * F&amp;O; the ledger knows it by its correlation id and it is acknowledged once more, the landing
 * is not repeated. A message whose landing is dead stays in the queue until the landing is replayed
 * or discarded, and one that no route takes until a route does.
 *
 * <p>F&amp;O says neither the entity nor the company nor when the file was exported: the first two
 * are told here, the event's time is when the message was first handed out.
 *
 * <p>A run without records has no file and is acknowledged; one that failed is an event without a
 * file, which {@link DequeuedFileLocator} refuses with F&amp;O's own words, so that it becomes a
 * dead letter.
 *
 * <p>Source: Microsoft, "Recurring integrations".
 */
public final class RecurringExports implements EventSource {

  private static final Logger LOG = LoggerFactory.getLogger(RecurringExports.class);

  /** A message is handed out anew after 30 minutes; its copy before cannot be acknowledged then. */
  private static final Duration OURS = Duration.ofMinutes(29);

  private static final Duration FULL = Duration.ofMillis(200);

  private final RecurringSettings settings;
  private final Connector connector;
  private final OneThread thread;
  private final Map<String, Message> underWay = new ConcurrentHashMap<>();
  private final Link link;
  private volatile @Nullable Receiver receiver;
  private Duration pause;

  /** The message that was left last for the next time. */
  private @Nullable String left;

  RecurringExports(RecurringSettings settings) {
    this.settings = settings;
    this.connector = new Connector(settings.environment(), settings.activity(), settings.clock());
    this.thread = new OneThread("landfall-recurring-exports");
    this.link = new Link(name(), settings.clock());
    this.pause = settings.shortest();
  }

  /**
   * Begins with a recurring export.
   *
   * @param environment where it runs
   * @param activityId of its recurring data job, as F&amp;O shows it
   * @return what takes the options
   */
  public static RecurringExportsBuilder of(FinopsEnvironment environment, UUID activityId) {
    return new RecurringExportsBuilder(environment, activityId);
  }

  /** {@return {@code recurring export} and the activity id} */
  @Override
  public String name() {
    return "recurring export " + settings.activity();
  }

  /** {@return whether F&amp;O answered the last time it was asked} */
  public boolean isReady() {
    return receiver != null && link.isUp();
  }

  /**
   * {@inheritDoc} An environment that cannot be reached, or does not accept the token, is asked
   * again and again; listeners hear of it.
   *
   * @throws IllegalStateException if it was started or closed before
   */
  @Override
  public void start(Receiver taker) {
    thread.begin(name());
    receiver = taker;
    thread.later(Duration.ZERO, this::ask);
  }

  private void ask() {
    if (!thread.isClosing()) {
      Duration wait = settings.longest();
      try {
        wait = askOnce();
      } finally {
        thread.later(wait, this::ask);
      }
    }
  }

  /** {@return how long to wait before the next question} */
  private Duration askOnce() {
    if (underWay.size() >= settings.mostUnderWay()) {
      return FULL;
    }
    try {
      Optional<Message> message = connector.dequeue();
      link.up(taker());
      boolean wasNew = message.isPresent() && take(message.get());
      pause = wasNew ? settings.shortest() : longer(pause);
      return wasNew ? Duration.ZERO : pause;
    } catch (FetchException failure) {
      link.down(taker(), failure);
      pause = longer(pause);
      return max(pause, failure.retryAfter());
    }
  }

  private Duration longer(Duration now) {
    Duration twice = now.multipliedBy(2);
    return twice.compareTo(settings.longest()) > 0 ? settings.longest() : twice;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private Receiver taker() {
    return Objects.requireNonNull(receiver, "started");
  }

  /** {@return whether it was new here; an old one handed out too soon is no reason to hurry} */
  private boolean take(Message message) {
    if (underWay.containsKey(message.id())) {
      // Its landing takes longer than F&O waits; the newer copy is the one to acknowledge.
      underWay.put(message.id(), message);
      return false;
    }
    if (message.isEmpty(settings.saysEmpty())) {
      LOG.info("{}: {} has no file, nothing was exported.", name(), message);
      underWay.put(message.id(), message);
      acknowledge(message.id(), settings.shortest());
      return true;
    }
    return compare(message);
  }

  /** Takes what has not landed in another way. */
  private boolean compare(Message message) {
    Verdict verdict = verdict(message);
    switch (verdict) {
      case MISSED -> handOver(message);
      case LANDED -> {
        underWay.put(message.id(), message);
        acknowledge(message.id(), settings.shortest());
      }
      case UNDECIDED -> LOG.debug("{}: {} is left for the next time.", name(), message);
    }
    boolean isLeftAgain = verdict == Verdict.UNDECIDED && message.id().equals(left);
    left = verdict == Verdict.UNDECIDED ? message.id() : left;
    return !isLeftAgain;
  }

  private Verdict verdict(Message message) {
    LandedBefore before = settings.landedBefore();
    if (before == null || message.location().isEmpty()) {
      return Verdict.MISSED;
    }
    try {
      return before.verdict(message, settings.environment());
    } catch (LandfallException failure) {
      LOG.warn("{}: {} cannot be compared now. {}", name(), message, failure.getMessage());
      // What can never be compared is landed, so that it is missed loudly.
      return failure.retryable() ? Verdict.UNDECIDED : Verdict.MISSED;
    }
  }

  private void handOver(Message message) {
    Delivery delivery =
        new Delivery(name(), settings.clock().instant(), message.event(settings.facts()));
    underWay.put(message.id(), message);
    boolean hasFile = message.location().isPresent();
    try {
      var unused = taker()
          .receive(hasFile ? delivery.keptUntilStored() : delivery)
          .whenComplete((disposition, failure) ->
              thread.later(Duration.ZERO, () -> heard(message.id(), disposition, failure)));
    } catch (RuntimeException | Error broken) {
      heard(message.id(), null, broken);
    }
  }

  private void heard(String id, @Nullable Disposition disposition, @Nullable Throwable failure) {
    if (disposition == null) {
      LOG.error(
          "{}: the receiver failed, which its contract forbids; {} will be handed out again.",
          name(),
          id,
          failure);
      underWay.remove(id);
      return;
    }
    Message message = underWay.get(id);
    switch (disposition.verdict()) {
      case ACCEPTED -> acknowledge(id, settings.shortest());
      case TRY_LATER -> {
        if (message != null && isOurs(message) && !thread.isClosing()) {
          thread.later(max(disposition.retryAfter(), settings.shortest()), () -> handOver(message));
        } else {
          underWay.remove(id);
        }
      }
      case REFUSED -> {
        if (message != null && message.location().isEmpty()) {
          acknowledge(id, settings.shortest());
        } else {
          LOG.warn("{}: {} stays in F&O's queue. {}", name(), id, disposition.explanation());
          underWay.remove(id);
        }
      }
    }
  }

  private boolean isOurs(Message message) {
    return settings.clock().instant().isBefore(message.dequeuedAt().plus(OURS));
  }

  /** The acknowledgement alone is repeated; in vain, the message comes again and is known. */
  private void acknowledge(String id, Duration wait) {
    Message message = underWay.get(id);
    if (message == null) {
      return;
    }
    try {
      connector.acknowledge(message);
      underWay.remove(id);
    } catch (RuntimeException | Error unexpected) {
      if (unexpected instanceof FetchException failure && isOurs(message) && !thread.isClosing()) {
        LOG.info("{}: {} It is tried again.", name(), failure.getMessage());
        thread.later(max(wait, failure.retryAfter()), () -> acknowledge(id, longer(wait)));
      } else {
        LOG.warn(
            "{}: {} is not acknowledged; F&O hands it out again.", name(), message, unexpected);
        underWay.remove(id);
      }
    }
  }

  /** Also waits, up to 10 s, for the landings under way, and acknowledges those that are stored. */
  @Override
  public void close() {
    thread.close(underWay::isEmpty);
  }
}
