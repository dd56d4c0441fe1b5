package dev.landfall.engine;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventType;
import dev.landfall.event.LandfallException;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.Reason;
import dev.landfall.json.EventReader;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.Receiver;
import dev.landfall.spi.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
  private final Runnable workArrived;

  Intake(
      EngineSetup setup,
      EventReader reader,
      Listeners listeners,
      Custody custody,
      Runnable workArrived) {
    this.setup = setup;
    this.reader = reader;
    this.listeners = listeners;
    this.custody = custody;
    this.workArrived = workArrived;
  }

  @Override
  public CompletionStage<Disposition> receive(Delivery delivery) {
    try {
      return take(delivery).exceptionally(thrown -> turnAway(delivery, thrown));
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(turnAway(delivery, e));
    }
  }

  private CompletionStage<Disposition> take(Delivery delivery) {
    BusinessEvent event;
    try {
      event = reader.read(delivery.body());
    } catch (MalformedEventException malformed) {
      return bury(delivery, malformed);
    }
    listeners.tell(listener -> listener.received(event, delivery.source()));
    if (event.type().filter(EventType.ENDPOINT_TEST::equals).isPresent()) {
      return CompletableFuture.completedFuture(Disposition.accepted());
    }
    Instant now = setup.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    List<Landing> landings = setup.plans().stream()
        .filter(plan -> plan.filter().matches(event))
        .map(plan -> landing(plan, event, delivery, now))
        .toList();
    if (landings.isEmpty()) {
      listeners.tell(listener -> listener.ignored(event));
      return CompletableFuture.completedFuture(Disposition.accepted());
    }
    Custody.Wait wait = custody.open(landings);
    return setup
        .ledger()
        .record(landings)
        .thenCompose(answers -> recorded(landings, answers, wait));
  }

  private static Landing landing(Plan plan, BusinessEvent event, Delivery delivery, Instant now) {
    Optional<Instant> deadline = plan.work() instanceof Work.Store store
        ? store.locator().expiry(event).map(at -> at.truncatedTo(ChronoUnit.MILLIS))
        : Optional.empty();
    return Landing.first(
        new LandingId(event.id(), plan.route()), now, deadline.orElse(null), delivery.body());
  }

  private CompletionStage<Disposition> recorded(
      List<Landing> landings, List<Recorded> answers, Custody.Wait wait) {
    for (int i = 0; i < answers.size(); i++) {
      Landing landing = landings.get(i);
      Recorded answer = answers.get(i);
      if (answer.isNew()) {
        listeners.tell(listener -> listener.recorded(landing));
      } else {
        listeners.tell(listener -> listener.duplicate(answer));
      }
    }
    if (answers.stream().anyMatch(Recorded::isNew)) {
      workArrived.run();
    }
    return custody.answer(wait, answers);
  }

  private CompletionStage<Disposition> bury(Delivery delivery, MalformedEventException malformed) {
    Failure failure = Failure.of(malformed, setup.clock().instant().truncatedTo(ChronoUnit.MILLIS));
    return setup.ledger().bury(delivery.body(), failure).thenApply(buried -> {
      listeners.tell(listener -> listener.unreadable(delivery.source(), failure));
      return Disposition.refused(failure.message());
    });
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
    listeners.tell(listener -> listener.turnedAway(delivery.source(), failure));
    return Disposition.tryLater(
        BACK_SOON, "The event cannot be taken now (" + failure.reason() + ").");
  }
}
