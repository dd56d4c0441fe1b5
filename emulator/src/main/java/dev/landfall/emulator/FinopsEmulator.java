package dev.landfall.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An F&amp;O environment in one process: it exports files, serves them behind signed links at
 * {@code http://127.0.0.1:PORT/dmf/...} and sends the business events that announce them, to URLs,
 * queues and topics. On the same address it answers the REST APIs by which files are fetched
 * without events: recurring exports and data packages.
 *
 * <pre>{@code
 * try (FinopsEmulator finops = FinopsEmulator.builder().start()) {
 *   finops.endpoint(URI.create("http://127.0.0.1:8080/events?code=secret"));
 *   DataProject groups =
 *       DataProject.named("Nightly").legalEntity("usmf").entity(Entities.customerGroups(), 40);
 *   Export export = finops.exportOne(groups);
 *   boolean accepted = export.outcome().join().get(0).accepted();
 * }
 * }</pre>
 *
 * <p>It remembers everything it sent until it is closed. All methods may be called from any thread.
 */
public final class FinopsEmulator extends FinopsRest implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(FinopsEmulator.class.getName());

  private final Parts parts;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("emulator-schedule"));

  FinopsEmulator(Parts parts) {
    super(parts);
    this.parts = parts;
  }

  /** {@return a builder with the defaults of a real environment} */
  public static FinopsEmulatorBuilder builder() {
    return new FinopsEmulatorBuilder();
  }

  Path folder() {
    return parts.folder();
  }

  /** {@return where files are served, such as {@code http://127.0.0.1:40123}} */
  public URI address() {
    return environment();
  }

  /**
   * Sends all events from now on to an endpoint too, as to one that was activated long ago.
   *
   * @param uri where to post; {@code http} only to a loopback address
   * @return the endpoint
   * @throws IllegalArgumentException if F&amp;O could not post there
   */
  public Endpoint endpoint(URI uri) {
    return endpoint(Endpoint.at(uri));
  }

  /**
   * Sends all events from now on to an endpoint too, as to one that was activated long ago.
   *
   * @param endpoint takes the place of an earlier one with the same URL, or of the same kind and
   *     name
   * @return the endpoint
   */
  public Endpoint endpoint(Endpoint endpoint) {
    parts.outbox().attach(endpoint);
    return endpoint;
  }

  /**
   * Activates an endpoint as a person does: sends the endpoint test event, once, and adds the
   * endpoint only if it accepts that.
   *
   * @param endpoint where to send
   * @return how it went, when it is over
   */
  public Delivery activate(Endpoint endpoint) {
    return parts.outbox().activate(endpoint);
  }

  /**
   * Sends no new event to an endpoint any more; what is under way goes on.
   *
   * @param endpoint found by its URL, or by its kind and name
   * @return whether it was there
   */
  public boolean detach(Endpoint endpoint) {
    return parts.outbox().detach(endpoint);
  }

  /**
   * Exports a project: makes the file of each entity, one after the other, and raises its event as
   * soon as the file is there. Events are delivered in the background.
   *
   * @param project what to export
   * @return one export per entity, in the project's order
   * @throws UncheckedIOException if a file cannot be read or stored; earlier entities stay exported
   * @throws IllegalStateException if the emulator is closed
   */
  public List<Export> export(DataProject project) {
    if (closed.get()) {
      throw new IllegalStateException("A closed emulator exports nothing; start another one.");
    }
    return parts.exporter().export(project);
  }

  /**
   * Exports a project of one entity.
   *
   * @param project what to export
   * @return its export
   * @throws UncheckedIOException if the file cannot be read or stored
   * @throws IllegalArgumentException if the project has no entity or several
   * @throws IllegalStateException if the emulator is closed
   */
  public Export exportOne(DataProject project) {
    if (project.parts().size() != 1) {
      throw new IllegalArgumentException(
          "exportOne takes a project of one entity, %s has %d; use export."
              .formatted(project.name(), project.parts().size()));
    }
    return export(project).get(0);
  }

  /**
   * Exports a project now and again and again until the emulator is closed.
   *
   * <p>All schedules share one thread, so an export waits for one that takes long. One that fails
   * is logged, and the next is made.
   *
   * @param interval from the beginning of one export to the beginning of the next, positive
   * @param project what to export
   * @throws IllegalArgumentException if the interval is not positive
   */
  public void exportEvery(Duration interval, DataProject project) {
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException(
          "The interval of a schedule is positive, not %s.".formatted(interval));
    }
    var unused = schedule.scheduleAtFixedRate(
        () -> exportOnSchedule(project), 0, interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void exportOnSchedule(DataProject project) {
    try {
      export(project);
    } catch (RuntimeException failure) {
      if (!closed.get()) {
        LOG.log(System.Logger.Level.ERROR, "A scheduled export failed.", failure);
      }
    }
  }

  /** {@return all exports so far, oldest first} */
  public List<Export> exports() {
    return parts.exporter().exports();
  }

  /** {@return all deliveries that ended, test events among them, in the order of their end} */
  public List<Delivery> deliveries() {
    return parts.outbox().deliveries();
  }

  /**
   * {@return the last delivery of each event that an endpoint did not accept, oldest event first}
   */
  public List<Delivery> errorLog() {
    return parts.outbox().errorLog();
  }

  /**
   * Sends an event of the error log once more, with all its tries: the same id, the same link,
   * which may be dead by now. It goes to the endpoint that did not accept it, or, if that was
   * detached, to all others. An event that is accepted leaves the log.
   *
   * @param eventId as the export tells it
   * @return how it went to each endpoint, when it is over
   * @throws IllegalArgumentException if the event is not in the log
   */
  public CompletableFuture<List<Delivery>> resend(String eventId) {
    return parts.outbox().resend(eventId);
  }

  /**
   * Delivers an event once more to all endpoints, accepted or not, as F&amp;O may at any time.
   *
   * @param eventId as the export tells it
   * @return how it went to each endpoint, when it is over
   * @throws IllegalArgumentException if there is no such event
   */
  public CompletableFuture<List<Delivery>> redeliver(String eventId) {
    return parts.outbox().redeliver(eventId);
  }

  /**
   * Deletes an exported file, as F&amp;O does after 7 days; its link leads nowhere from now on.
   *
   * @param export whose file
   * @return whether it was there
   */
  public boolean deleteFile(Export export) {
    try {
      return parts.store().remove(export.blobName());
    } catch (IOException failure) {
      throw new UncheckedIOException("The file of %s stays.".formatted(export), failure);
    }
  }

  /**
   * {@return a fresh link to an export's file, as F&amp;O hands out on request, alive from now on
   * as long as links of this emulator are; it works as long as the file is there}
   *
   * @param export whose file
   */
  public URI freshLink(Export export) {
    return parts.exporter().freshLink(export.blobName());
  }

  /**
   * Puts other bytes behind an export's link, with another ETag, as somebody may while it is
   * downloaded.
   *
   * @param export whose file; the value keeps its old length and digest
   * @param file any bytes
   */
  public void replaceFile(Export export, Path file) {
    try {
      parts.store().put(export.blobName(), false, out -> Files.copy(file, out));
    } catch (IOException failure) {
      throw new UncheckedIOException("The file of %s stays as it was.".formatted(export), failure);
    }
  }

  /**
   * Stops schedules, deliveries and the server, and removes a temporary folder; a second call does
   * nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    schedule.shutdownNow();
    parts.close();
    try {
      // An export under way would put its file into a folder that is gone.
      if (schedule.awaitTermination(10, TimeUnit.SECONDS)) {
        parts.removeFiles();
      }
    } catch (IOException failure) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The temporary folder " + parts.folder() + " stays.",
          failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
