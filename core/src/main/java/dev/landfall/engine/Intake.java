package dev.landfall.engine;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventType;
import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import dev.landfall.json.EventReader;
import dev.landfall.json.Reading;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.EventFacts;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.Receiver;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a delivery to recorded landings: read, match, record, answer. */
final class Intake implements Receiver {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);
  private static final Duration BACK_SOON = Duration.ofSeconds(5);

  private final EngineSetup setup;
  private final EventReader reader;
  private final Listeners listeners;
  private final Custody custody;
  private final Gate gate;
  private final Runnable workArrived;

  Intake(
      EngineSetup setup,
      EventReader reader,
      Listeners listeners,
      Custody custody,
      Gate gate,
      Runnable workArrived) {
    this.setup = setup;
    this.reader = reader;
    this.listeners = listeners;
    this.custody = custody;
    this.gate = gate;
    this.workArrived = workArrived;
  }

  @Override
  public CompletionStage<Disposition> receive(Delivery delivery) {
    CompletionStage<Disposition> answer;
    try {
      answer = take(delivery).exceptionally(thrown -> turnAway(delivery, thrown));
    } catch (Throwable e) {
      answer = CompletableFuture.completedFuture(turnAway(delivery, e));
    }
    return answer.thenApply(disposition -> told(delivery, disposition));
  }

  @Override
  public void lost(String source, Failure failure) {
    listeners.tell(listener -> listener.sourceLost(source, failure));
  }

  @Override
  public void restored(String source) {
    listeners.tell(listener -> listener.sourceRestored(source));
  }

  private Disposition told(Delivery delivery, Disposition disposition) {
    Duration took = Duration.between(delivery.arrivedAt(), setup.clock().instant());
    listeners.tell(listener -> listener.answered(delivery, disposition, took));
    return disposition;
  }

  private CompletionStage<Disposition> take(Delivery delivery) {
    gate.check();
    Instant now = setup.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    List<Reading> readings = reader.readAll(delivery.body(), delivery.headers());
    List<Landing> landings = new ArrayList<>();
    List<Reading.Refused> unreadable = new ArrayList<>();
    List<Throwable> undecided = new ArrayList<>();
    for (Reading reading : readings) {
      if (reading instanceof Reading.Read read) {
        landings.addAll(landings(read, delivery, now, undecided));
      } else if (reading instanceof Reading.Refused refused) {
        unreadable.add(refused);
      }
    }
    CompletionStage<Disposition> answer = landings.isEmpty()
        ? CompletableFuture.completedFuture(unwanted(delivery))
        : record(landings, delivery.untilStored());
    if (!unreadable.isEmpty()) {
      answer = bury(unreadable, delivery, now)
          .thenCombine(answer, (buried, others) -> refusal(others, unreadable, readings.size()));
    }
    return undecided.isEmpty()
        ? answer
        : answer.thenApply(others -> turnAway(delivery, undecided.get(0)));
  }

  /** Who keeps a file until it is stored may keep it for a route that is yet to come. */
  private static Disposition unwanted(Delivery delivery) {
    return delivery.untilStored()
        ? Disposition.refused("No route takes this event, so nobody stores its file.")
        : Disposition.accepted();
  }

  /** A filter that fails costs neither other routes nor other events, but its event stays away. */
  private List<Landing> landings(
      Reading.Read read, Delivery delivery, Instant now, List<Throwable> undecided) {
    BusinessEvent event = read.event();
    listeners.tell(listener -> listener.received(event, delivery));
    if (event.type().filter(EventType.ENDPOINT_TEST::equals).isPresent()) {
      return List.of();
    }
    List<Landing> landings = new ArrayList<>();
    int failedBefore = undecided.size();
    for (Plan plan : setup.plans()) {
      try {
        if (plan.filter().matches(event)) {
          landings.add(landing(plan, read, now));
        }
      } catch (Throwable failed) {
        undecided.add(failed);
      }
    }
    if (landings.isEmpty() && undecided.size() == failedBefore) {
      listeners.tell(listener -> listener.ignored(event));
    }
    return landings;
  }

  private static Landing landing(Plan plan, Reading.Read read, Instant now) {
    BusinessEvent event = read.event();
    Optional<Instant> deadline = plan.work() instanceof Work.Store store
        ? store.locator().expiry(event).map(at -> at.truncatedTo(ChronoUnit.MILLIS))
        : Optional.empty();
    String line = plan.line() == null ? null : plan.line().apply(event);
    return Landing.first(
            new LandingId(event.id(), plan.route()), now, EventFacts.of(event), read.body())
        .before(deadline.orElse(null))
        .inLine(line);
  }

  private CompletionStage<Disposition> record(List<Landing> landings, boolean untilStored) {
    Custody.Wait wait = custody.open(landings, untilStored);
    return setup
        .ledger()
        .record(landings)
        .thenCompose(answers -> recorded(landings, answers, wait));
  }

  private CompletionStage<Disposition> recorded(
      List<Landing> landings, List<Recorded> answers, Custody.Wait wait) {
    for (int i = 0; i < answers.size(); i++) {
      Landing landing = landings.get(i);
      Recorded answer = answers.get(i);
      if (answer.isNew()) {
        gate.recorded();
        Step step = new Step(landing, landing.recordedAt());
        listeners.tell(listener -> listener.recorded(step, answer.arrival()));
      } else {
        listeners.tell(listener -> listener.duplicate(answer));
      }
    }
    if (answers.stream().anyMatch(Recorded::isNew)) {
      workArrived.run();
    }
    return custody.answer(wait, answers);
  }

  private CompletionStage<Void> bury(
      List<Reading.Refused> unreadable, Delivery delivery, Instant now) {
    return CompletableFuture.allOf(unreadable.stream()
        .map(refused -> {
          Failure failure = Failure.of(refused.why(), now);
          return setup
              .ledger()
              .bury(refused.body(), failure)
              .thenRun(() -> listeners.tell(listener -> listener.unreadable(delivery, failure)))
              .toCompletableFuture();
        })
        .toArray(CompletableFuture[]::new));
  }

  /**
   * What to say when some of a delivery is no event.
   *
   * <p>A durable ledger keeps those parts, so they do not speak against their neighbours. Any other
   * forgets them, so the sender hears of them once the neighbours are stored.
   */
  private Disposition refusal(Disposition others, List<Reading.Refused> unreadable, int parts) {
    boolean kept = setup.ledger().durable() && unreadable.size() < parts;
    if (kept || others.verdict() != Disposition.Verdict.ACCEPTED) {
      return others;
    }
    String first = unreadable.get(0).why().getMessage();
    return Disposition.refused(
        parts == 1
            ? first
            : "%d of %d events are unreadable. %s".formatted(unreadable.size(), parts, first));
  }

  /** Nothing was confirmed, so custody stays with the sender. */
  private Disposition turnAway(Delivery delivery, Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
    Instant now = setup.clock().instant();
    Failure failure;
    if (cause instanceof LandfallException known) {
      failure = Failure.of(known, now);
    } else {
      log.error(
          "A delivery could not be taken; its sender is told to try later.", Redacted.of(cause));
      failure = new Failure(Reason.UNEXPECTED, Redacted.text(cause), now);
    }
    listeners.tell(listener -> listener.turnedAway(delivery, failure));
    return Disposition.tryLater(
        BACK_SOON, "The event cannot be taken now (" + failure.reason() + ").");
  }
}
