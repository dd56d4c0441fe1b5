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
import dev.landfall.spi.FileLocator;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.LandingId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the work of one landing on the calling thread: fetch, then each sink without a receipt. */
final class Lander {

  private static final Logger log = LoggerFactory.getLogger(Lander.class);

  private final EngineSetup setup;
  private final Spool spool;
  private final Listeners listeners;

  Lander(EngineSetup setup, Spool spool, Listeners listeners) {
    this.setup = setup;
    this.spool = spool;
    this.listeners = listeners;
  }

  /**
   * Does all that is left to do, and adds each new receipt to {@code receipts} at once, so that
   * those are there even if it then throws.
   */
  void land(LandingId id, Work work, BusinessEvent event, Map<String, Receipt> receipts)
      throws InterruptedException {
    if (work instanceof Work.Handle handle) {
      handle(handle.handler(), event);
    } else if (work instanceof Work.Store store) {
      store(id, store, event, receipts);
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

  private void store(
      LandingId id, Work.Store work, BusinessEvent event, Map<String, Receipt> receipts)
      throws InterruptedException {
    Path part = spool.newPart(id);
    try {
      Optional<ExportedFile> secured = spool.secured(id, event);
      ExportedFile file =
          secured.isPresent() ? secured.get() : fetch(id, work.locator(), event, part);
      try {
        storeInAll(id, work.sinks(), file, receipts);
      } catch (InterruptedException | LandfallException unfinished) {
        secure(id, file);
        throw unfinished;
      }
    } finally {
      spool.remove(part);
    }
  }

  private void storeInAll(
      LandingId id, List<FileSink> sinks, ExportedFile file, Map<String, Receipt> receipts)
      throws InterruptedException {
    LandfallException failure = null;
    for (FileSink sink : sinks) {
      if (!receipts.containsKey(sink.name())) {
        try {
          receipts.put(sink.name(), store(id, sink, file));
        } catch (LandfallException e) {
          failure = graver(failure, e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private ExportedFile fetch(LandingId id, FileLocator locator, BusinessEvent event, Path part)
      throws InterruptedException {
    FileReference reference = locator.locate(event);
    listeners.tell(listener -> listener.fetching(id, reference));
    Instant begin = setup.clock().instant();
    Downloaded downloaded = setup
        .downloader()
        .fetch(
            reference,
            part,
            (soFar, inAll) -> listeners.tell(listener -> listener.fetched(id, soFar, inAll)));
    ExportedFile file = new ExportedFile(
        event,
        reference.name(),
        reference.format(),
        downloaded.length(),
        downloaded.sha256(),
        part);
    Duration took = Duration.between(begin, setup.clock().instant());
    listeners.tell(listener -> listener.spooled(id, file, took));
    return file;
  }

  private Receipt store(LandingId id, FileSink sink, ExportedFile file)
      throws InterruptedException {
    Instant begin = setup.clock().instant();
    try {
      Receipt receipt = sink.store(file);
      Duration took = Duration.between(begin, setup.clock().instant());
      listeners.tell(listener -> listener.stored(id, sink.name(), receipt, took));
      return receipt;
    } catch (InterruptedException | LandfallException own) {
      throw own;
    } catch (Throwable foreign) {
      throw new ForeignException(
          Reason.SINK_UNAVAILABLE, "The sink " + sink.name() + " failed", foreign);
    }
  }

  /** As long as one sink can still be helped by another try, the landing is tried again. */
  private static LandfallException graver(
      @Nullable LandfallException one, LandfallException other) {
    return one != null && (one.retryable() || !other.retryable()) ? one : other;
  }

  private void secure(LandingId id, ExportedFile file) {
    try {
      spool.secure(id, file);
    } catch (FetchException notSecured) {
      log.warn("{} The next try fetches the file again.", notSecured.getMessage());
    }
  }
}
