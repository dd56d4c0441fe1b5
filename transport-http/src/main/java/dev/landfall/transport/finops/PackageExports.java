package dev.landfall.transport.finops;

import dev.landfall.spi.EventSource;
import dev.landfall.spi.Receiver;
import dev.landfall.transport.finops.Run.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts exports of a data project, on a schedule or on demand, and takes their packages.
 *
 * <pre>{@code
 * PackageExports.of(contoso, "Nightly customers")
 *     .legalEntity("usmf")
 *     .every(Duration.ofHours(1))
 *     .build()
 * }</pre>
 *
 * <p>Each execution has an id of our own, so that F&amp;O can be asked for it whatever becomes of
 * the call that starts it: a call without an answer is never repeated, since a second run would
 * find nothing more of an incremental export. Those of a schedule have ids that follow from the
 * time: after a restart the execution that was begun before is found again and not begun once more,
 * and the ledger knows what it has landed.
 *
 * <p>An execution that has ended becomes an event of the type of F&amp;O's own export event, with
 * the execution's id, by which {@link PackageLinkLocator} finds the package as long as F&amp;O
 * keeps it. One that failed is an event, too, which that locator refuses with F&amp;O's own error
 * records, so that it becomes a dead letter; of one that succeeded in part the event has these
 * records. The package is a zip; {@code PackageEntities} of {@code landfall-format} lands its files
 * one by one.
 *
 * <p>Executions of one project never run at once within a {@link FinopsEnvironment}: F&amp;O
 * answers that with deadlocks. Several instances with one schedule find each other's executions,
 * but two that look at the same moment both call; let one start exports.
 *
 * <p>Source: Microsoft, "Data management package REST API".
 */
public final class PackageExports implements EventSource {

  private static final Logger LOG = LoggerFactory.getLogger(PackageExports.class);
  private static final int MOST_SLOTS = 100;

  private final PackageSettings settings;
  private final OneThread thread = new OneThread("landfall-package-exports");
  private final Runs runs;
  private final @Nullable Listing listing;
  /** The last of the schedule that was not left out. */
  private @Nullable Run scheduled;

  PackageExports(PackageSettings settings) {
    this.settings = settings;
    this.runs = new Runs(name(), settings, thread);
    this.listing = settings.listing() == null
        ? null
        : new Listing(name(), settings, settings.listing(), runs, thread);
  }

  /**
   * Begins with a data project.
   *
   * @param environment where it is
   * @param project the project's name, as F&amp;O shows it; F&amp;O is silent about one that it
   *     does not have, and only its executions are never found
   * @return what takes the options
   * @throws IllegalArgumentException if the name is blank
   */
  public static PackageExportsBuilder of(FinopsEnvironment environment, String project) {
    return new PackageExportsBuilder(environment, project);
  }

  /** {@return {@code package export} and the project} */
  @Override
  public String name() {
    return "package export " + settings.project();
  }

  /** {@return whether F&amp;O answered the last time it was asked} */
  public boolean isReady() {
    return runs.isReady();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if it was started or closed before
   */
  @Override
  public void start(Receiver receiver) {
    thread.begin(name());
    runs.receiver(receiver);
    thread.later(Duration.ZERO, this::findBegun);
    settings.every().ifPresent(every -> thread.later(Duration.ZERO, () -> startOfNow(every)));
    if (listing != null) {
      thread.later(Duration.ZERO, listing::sweep);
    }
  }

  /** What was begun before a restart; the ledger knows what of it has landed. */
  private void findBegun() {
    settings.every().ifPresent(interval -> {
      long now = slot(interval, settings.clock().instant());
      long first = Math.max(
          now - MOST_SLOTS, slot(interval, settings.clock().instant().minus(settings.lookBack())));
      for (long slot = first; slot < now; slot++) {
        runs.add(new Run(executionOf(interval, slot), begin(interval, slot), Kind.FIND));
      }
    });
  }

  private void startOfNow(Duration interval) {
    Instant now = settings.clock().instant();
    long slot = slot(interval, now);
    // Before what can fail, so that the schedule goes on.
    thread.later(Duration.between(now, begin(interval, slot + 1)), () -> startOfNow(interval));
    Run run = new Run(executionOf(interval, slot), begin(interval, slot), Kind.FIND_OR_START);
    if (run.equals(scheduled)) {
      // Woken a moment too early, by a clock that was set.
      return;
    }
    if (scheduled != null && runs.isWaiting(scheduled)) {
      LOG.warn(
          "{}: {} is left out, as {} has not begun; exports take longer than the {} between them.",
          name(),
          run.execution(),
          scheduled.execution(),
          interval);
    } else {
      scheduled = run;
      runs.add(run);
    }
  }

  private static long slot(Duration interval, Instant time) {
    return Math.floorDiv(time.toEpochMilli(), interval.toMillis());
  }

  private static Instant begin(Duration interval, long slot) {
    return Instant.ofEpochMilli(slot * interval.toMillis());
  }

  private String executionOf(Duration interval, long slot) {
    return "Landfall-%s-%s".formatted(begin(interval, slot), settings.mark());
  }

  /**
   * Starts an execution now.
   *
   * @return its id
   * @throws IllegalStateException if the source is not started, or is closed
   */
  public String request() {
    String id = "Landfall-" + UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
    request(id);
    return id;
  }

  /**
   * Starts an execution of a given id, or finds it if it was begun before; so the call can be
   * repeated after a crash.
   *
   * @param executionId 1 to 90 letters, digits, dashes, dots and colons
   * @throws IllegalArgumentException if it is another
   * @throws IllegalStateException if the source is not started, or is closed
   */
  public void request(String executionId) {
    requireStarted();
    if (!executionId.matches("[A-Za-z0-9.:_-]{1,90}")) {
      throw new IllegalArgumentException(
          "An execution id has 1 to 90 letters, digits, dashes, dots and colons; this one has not.");
    }
    Instant now = settings.clock().instant();
    thread.later(Duration.ZERO, () -> runs.add(new Run(executionId, now, Kind.FIND_OR_START)));
  }

  /**
   * Takes the package of an execution that somebody else has started, once it has ended.
   *
   * @param executionId its id; not blank
   * @throws IllegalArgumentException if it is blank
   * @throws IllegalStateException if the source is not started, or is closed
   */
  public void follow(String executionId) {
    requireStarted();
    if (executionId.isBlank()) {
      throw new IllegalArgumentException("An execution id is not blank.");
    }
    Instant now = settings.clock().instant();
    thread.later(Duration.ZERO, () -> runs.add(new Run(executionId, now, Kind.FOLLOW)));
  }

  private void requireStarted() {
    if (!runs.isStarted() || thread.isClosing()) {
      throw new IllegalStateException(
          "%s is started by its pipeline and closed with it; call Pipeline.start first."
              .formatted(name()));
    }
  }

  /**
   * Waits, up to 10 s, until what was handed over is in custody. Leaves what runs to F&amp;O; the
   * next start finds the executions of a schedule, and {@link #request(String)} those of a known
   * id.
   */
  @Override
  public void close() {
    thread.close(runs::isHandedOver);
    runs.close();
  }
}
