package dev.landfall.transport.finops;

import dev.landfall.event.LandfallException;
import dev.landfall.event.RawEvent;
import dev.landfall.file.FetchException;
import dev.landfall.file.SignedLink;
import dev.landfall.spi.Receiver;
import dev.landfall.transport.finops.LandedBefore.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the executions of one data project, one after another, until each has ended and its
 * event is handed over. All of it happens on one thread.
 */
final class Runs {

  private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

  /** A call without an answer may have been served, and go on for as long before it shows. */
  private static final int UNANSWERED = 6;

  /** What an execution is in the end that F&amp;O could never be asked for. */
  private static final String UNKNOWN = "not to be asked for";

  private static final int MOST_KNOWN = 10_000;

  private final String source;
  private final PackageSettings settings;
  private final OneThread thread;
  private final Executions executions;
  private final Link link;
  private final Semaphore turn;
  private final Handover handover;
  private final Queue<Run> waiting = new ArrayDeque<>();
  private final Set<String> known = new LinkedHashSet<>();
  private volatile @Nullable Receiver receiver;
  private @Nullable Current current;
  private volatile boolean hasTurn;

  /** What is known of the run that is looked after now. */
  private static final class Current {
    final Run run;
    final Instant since;
    Duration pause;
    String state = UNKNOWN;

    @Nullable
    Instant unknownUntil;

    Current(Run run, Instant since, Duration pause) {
      this.run = run;
      this.since = since;
      this.pause = pause;
    }
  }

  Runs(String source, PackageSettings settings, OneThread thread) {
    this.source = source;
    this.settings = settings;
    this.thread = thread;
    this.executions =
        new Executions(settings.environment(), settings.startAction(), settings.patience());
    this.link = new Link(source, settings.clock());
    this.handover = new Handover(source, settings.clock(), settings.longest(), thread);
    this.turn = settings.environment().turnOf(settings.project());
  }

  void receiver(Receiver taker) {
    receiver = taker;
  }

  boolean isStarted() {
    return receiver != null;
  }

  boolean isReady() {
    return isStarted() && link.isUp();
  }

  private Receiver taker() {
    return Objects.requireNonNull(receiver, "started");
  }

  /** Adds a run unless it was added before. */
  void add(Run run) {
    if (known.add(run.execution())) {
      if (known.size() > MOST_KNOWN) {
        known.remove(known.iterator().next());
      }
      waiting.add(run);
      if (current == null) {
        next();
      }
    }
  }

  /** {@return whether a run has not had its turn yet} */
  boolean isWaiting(Run run) {
    boolean isNext = current != null && current.run.equals(run) && !hasTurn;
    return isNext || waiting.contains(run);
  }

  private void next() {
    Run run = waiting.poll();
    current = run == null ? null : new Current(run, now(), settings.shortest());
    if (current != null) {
      awaitTurn(current);
    }
  }

  private void awaitTurn(Current of) {
    if (enter()) {
      look(of);
    } else {
      thread.later(settings.shortest(), () -> awaitTurn(of));
    }
  }

  private void look(Current of) {
    if (thread.isClosing()) {
      return;
    }
    try {
      String status = executions.status(of.run.execution());
      of.state = UNKNOWN;
      link.up(taker());
      if (status.equals(Executions.NOT_FOUND)) {
        missing(of);
      } else if (!Executions.isEnd(status)) {
        lookAgain(of, Duration.ZERO, status);
      } else if (Executions.hasPackage(status)) {
        packaged(of, status);
      } else {
        end(of, status, errors(of.run));
      }
    } catch (FetchException failure) {
      lookAgain(of, failure.retryAfter(), of.state);
      link.down(taker(), failure);
    } catch (RuntimeException | Error unexpected) {
      // Whatever it was, the runs behind this one must have their turn.
      LOG.error("{}: {} cannot be looked at.", source, of.run.execution(), unexpected);
      lookAgain(of, settings.longest(), of.state);
    }
  }

  private void lookAgain(Current of, Duration asked, String status) {
    if (now().isAfter(of.since.plus(settings.giveUp()))) {
      // The landing goes on asking for the package as long as the retry policy says.
      end(of, status, "it has not ended within " + settings.giveUp());
      return;
    }
    Duration wait = asked.compareTo(of.pause) > 0 ? asked : of.pause;
    Duration twice = of.pause.multipliedBy(2);
    of.pause = twice.compareTo(settings.longest()) > 0 ? settings.longest() : twice;
    thread.later(wait, () -> look(of));
  }

  private void missing(Current of) {
    switch (of.run.kind()) {
      case FIND -> done();
      case FIND_OR_START -> {
        if (of.unknownUntil == null) {
          start(of);
        } else {
          stillMissing(of, of.unknownUntil);
        }
      }
      case FOLLOW -> stillMissing(of, of.since.plus(settings.grace()));
    }
  }

  /** Just after its start F&amp;O may not know an execution yet. */
  private void stillMissing(Current of, Instant until) {
    if (now().isBefore(until)) {
      lookAgain(of, Duration.ZERO, Executions.NOT_FOUND);
    } else {
      end(
          of,
          Executions.NOT_FOUND,
          "nothing; it knows no such execution, as when the data project %s does not exist"
              .formatted(settings.project()));
    }
  }

  private void start(Current of) {
    Executions.Start start = executions.start(
        settings.project(), settings.packageName(), of.run.execution(), settings.legalEntity());
    FetchException failure = start.failure();
    if (start.mayRun()) {
      int times = failure == null ? 1 : UNANSWERED;
      of.unknownUntil = now().plus(settings.grace().multipliedBy(times));
      of.pause = settings.shortest();
      if (failure != null) {
        LOG.warn(
            "{}: {} The execution {} may run all the same; it is looked for and not begun twice.",
            source,
            failure.getMessage(),
            of.run.execution());
      }
      lookAgain(of, Duration.ZERO, "not known");
    } else if (failure != null) {
      of.state = Executions.NOT_FOUND;
      throw failure;
    }
  }

  private void packaged(Current of, String status) {
    String url = executions.link(of.run.execution());
    if (url.isBlank()) {
      lookAgain(of, Duration.ZERO, status);
      return;
    }
    switch (verdict(of.run, url)) {
      case LANDED -> done();
      case UNDECIDED -> lookAgain(of, Duration.ZERO, status);
      case MISSED -> end(of, status, Executions.isWhole(status) ? "" : errors(of.run));
    }
  }

  /** Only what somebody else has started can have been announced in another way. */
  private Verdict verdict(Run run, String url) {
    LandedBefore before = settings.landedBefore();
    if (before == null || run.kind() != Run.Kind.FOLLOW) {
      return Verdict.MISSED;
    }
    try {
      return before.verdict(id(run), SignedLink.of(url).blobName());
    } catch (LandfallException failure) {
      LOG.warn("{}: {} cannot be compared now. {}", source, run.execution(), failure.getMessage());
      return Verdict.UNDECIDED;
    }
  }

  private String errors(Run run) {
    try {
      return executions.errors(run.execution());
    } catch (FetchException failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  private String id(Run run) {
    return RunEvent.id(settings.environment(), run.execution());
  }

  private void end(Current of, String status, String errors) {
    if (!Executions.isWhole(status)) {
      LOG.warn("{}: the execution {} is {}. {}", source, of.run.execution(), status, errors);
    }
    Map<String, String> facts = new HashMap<>(settings.facts());
    facts.put(RunEvent.EXECUTION, of.run.execution());
    RawEvent event = RunEvent.of(id(of.run), of.run.at(), facts, status, errors);
    handover.of(event, of.run.execution(), taker());
    done();
  }

  /** The next one begins on an empty stack, since thousands may have nothing to do. */
  private void done() {
    leave();
    thread.later(Duration.ZERO, this::next);
  }

  private synchronized boolean enter() {
    hasTurn = !thread.isClosing() && turn.tryAcquire();
    return hasTurn;
  }

  private synchronized void leave() {
    if (hasTurn) {
      hasTurn = false;
      turn.release();
    }
  }

  private Instant now() {
    return settings.clock().instant();
  }

  /** {@return whether everything that was handed over has its answer} */
  boolean isHandedOver() {
    return handover.isDone();
  }

  /** Lets others have the project; called once the thread is at its end. */
  void close() {
    leave();
  }
}
