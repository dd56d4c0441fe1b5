package dev.landfall.engine;

import dev.landfall.download.Downloaded;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.Receipt;
import dev.landfall.spi.EventHandler;
import dev.landfall.spi.Failure;
import dev.landfall.spi.FileLocator;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.Landing;
import dev.landfall.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does the work of one landing on the calling thread: fetch, then each sink without a receipt. */
final class Lander {

  /** How many links may fail one after the other without bringing a byte. */
  private static final int MOST_IN_VAIN = 3;

  private final EngineSetup setup;
  private final Listeners listeners;
  private final Circuits circuits;
  private final Hosts hosts;

  Lander(EngineSetup setup, Listeners listeners) {
    this.setup = setup;
    this.listeners = listeners;
    this.circuits = new Circuits(setup.circuit());
    this.hosts = new Hosts(setup.limits().downloadsPerHost());
  }

  /**
   * Does all that is left to do, and adds each new receipt to {@code receipts} at once, so that
   * those are there even if it then throws.
   */
  void land(
      Landing landing, Work work, BusinessEvent event, Place place, Map<String, Receipt> receipts)
      throws InterruptedException {
    if (work instanceof Work.Handle handle) {
      handle(handle.handler(), event);
    } else if (work instanceof Work.Store store
        && store.sinks().stream().anyMatch(sink -> !receipts.containsKey(sink.name()))) {
      Optional<ExportedFile> secured = place.secured(event);
      ExportedFile file =
          secured.isPresent() ? secured.get() : fetch(landing, store.locator(), event, place);
      storeInAll(landing, store.sinks(), file, place, receipts);
    }
  }

  private static void handle(EventHandler handler, BusinessEvent event)
      throws InterruptedException {
    try {
      handler.handle(event);
    } catch (InterruptedException | LandfallException own) {
      throw own;
    } catch (Throwable foreign) {
      throw new ForeignException(Reason.HANDLER_FAILED, "The handler failed", foreign);
    }
  }

  /** Fetches the file, over a fresh link of the locator if the one before has failed for good. */
  private ExportedFile fetch(Landing landing, FileLocator locator, BusinessEvent event, Place place)
      throws InterruptedException {
    FileReference reference = locator.locate(event).announcedAt(event.time());
    int inVain = 0;
    while (true) {
      long before = place.part().received();
      try {
        return fetch(landing, reference, event, place);
      } catch (FetchException failed) {
        inVain = place.part().received() > before ? 0 : inVain + 1;
        if (failed.retryable() || inVain > MOST_IN_VAIN) {
          throw failed;
        }
        String url = reference.url();
        reference = locator
            .renew(event, failed)
            .filter(fresh -> !fresh.url().equals(url))
            .orElseThrow(() -> failed)
            .announcedAt(event.time());
      }
    }
  }

  private ExportedFile fetch(
      Landing landing, FileReference reference, BusinessEvent event, Place place)
      throws InterruptedException {
    hosts.enter(reference);
    try {
      Instant begin = setup.clock().instant();
      listeners.tell(listener -> listener.fetching(new Step(landing, begin), reference));
      Downloaded downloaded = setup.downloader().fetch(reference, place.part(), (soFar, inAll) -> {
        place.takeRoom(soFar, inAll);
        listeners.tell(listener -> listener.fetched(step(landing), soFar, inAll));
      });
      ExportedFile file = place.hold(new ExportedFile(
          event,
          landing.id().route(),
          reference.name(),
          reference.format(),
          downloaded.length(),
          downloaded.sha256(),
          place.part().file()));
      Step end = step(landing);
      listeners.tell(listener -> listener.spooled(end, file, Duration.between(begin, end.at())));
      return file;
    } finally {
      hosts.leave(reference);
    }
  }

  private void storeInAll(
      Landing landing,
      List<FileSink> sinks,
      ExportedFile fetched,
      Place place,
      Map<String, Receipt> receipts)
      throws InterruptedException {
    ExportedFile file = fetched;
    LandfallException failure = null;
    for (FileSink sink : sinks) {
      if (!receipts.containsKey(sink.name())) {
        try {
          file = place.own(file);
          receipts.put(sink.name(), storeIfClosed(landing, sink, file));
        } catch (LandfallException e) {
          failure = graver(failure, e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Asks the circuit of a sink before it is called, and tells it the outcome. */
  private Receipt storeIfClosed(Landing landing, FileSink sink, ExportedFile file)
      throws InterruptedException {
    Instant begin = setup.clock().instant();
    Optional<Instant> heldUntil = circuits.heldUntil(sink, begin);
    if (heldUntil.isPresent()) {
      throw new SinkPausedException(sink.name(), heldUntil.get(), begin);
    }
    boolean told = false;
    try {
      Receipt receipt = store(sink, file);
      told = true;
      Step end = step(landing);
      listeners.tell(listener ->
          listener.stored(end, sink.name(), receipt, Duration.between(begin, end.at())));
      resume(landing, sink);
      return receipt;
    } catch (LandfallException failure) {
      told = true;
      if (failure.retryable()) {
        pause(landing, sink, failure);
      } else {
        resume(landing, sink);
      }
      throw failure;
    } finally {
      if (!told) {
        circuits.abandoned(sink);
      }
    }
  }

  private static Receipt store(FileSink sink, ExportedFile file) throws InterruptedException {
    try {
      return sink.store(file);
    } catch (InterruptedException | LandfallException own) {
      throw own;
    } catch (Throwable foreign) {
      throw new ForeignException(
          Reason.SINK_UNAVAILABLE, "The sink " + sink.name() + " failed", foreign);
    }
  }

  private void resume(Landing landing, FileSink sink) {
    if (circuits.succeeded(sink)) {
      String route = landing.id().route();
      listeners.tell(listener -> listener.sinkResumed(route, sink.name()));
    }
  }

  private void pause(Landing landing, FileSink sink, LandfallException thrown) {
    Instant now = setup.clock().instant();
    circuits.failed(sink, now).ifPresent(until -> {
      Failure failure = Failure.of(thrown, now);
      String route = landing.id().route();
      listeners.tell(listener -> listener.sinkPaused(route, sink.name(), failure, until));
    });
  }

  private Step step(Landing landing) {
    return new Step(landing, setup.clock().instant());
  }

  /** As long as one sink can still be helped by another try, the landing is tried again. */
  private static LandfallException graver(
      @Nullable LandfallException one, LandfallException other) {
    return one != null && (one.retryable() || !other.retryable()) ? one : other;
  }
}
