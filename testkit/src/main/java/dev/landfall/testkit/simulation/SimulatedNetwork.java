package dev.landfall.testkit.simulation;

import dev.landfall.download.Downloaded;
import dev.landfall.download.Downloader;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.download.Progress;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.spi.FileLocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** The storage that links lead to, which tells the right time, and the way to it. */
record SimulatedNetwork(World world) implements Downloader, FileLocator {

  private static final PayloadUrlLocator LINK = PayloadUrlLocator.field("DownloadURL");

  @Override
  public FileReference locate(BusinessEvent event) {
    world.step("locates", event.id());
    world.maybeThrow(Fault.LOCATOR_FAILS);
    if (world.strikes(Fault.LOCATOR_REFUSES)) {
      throw refused(Reason.LINK_MALFORMED);
    }
    return LINK.locate(event);
  }

  @Override
  public Optional<Instant> expiry(BusinessEvent event) {
    world.maybeThrow(Fault.FILTER_FAILS);
    return LINK.expiry(event);
  }

  @Override
  public Downloaded fetch(FileReference reference, Path target, Progress progress)
      throws InterruptedException {
    world.interruptibleStep("fetches", reference.name());
    Actor worker = world.turns().current();
    Attempt working = worker.working;
    if (working != null && working.spooled && worker.owner.spool.test(working.landing.id())) {
      world
          .trace()
          .broken("a file that waits in the spool is not fetched again, unlike that of "
              + working.landing.id());
    }
    if (world.strikes(Fault.DOWNLOAD_FAILS)) {
      throw FetchException.passing(Reason.FILE_UNAVAILABLE, "The host is busy.", null);
    }
    if (world.strikes(Fault.DOWNLOAD_IS_REFUSED)) {
      throw refused(Reason.FILE_GONE);
    }
    Announced event = world.behind(reference);
    if (event.dies() != null && !event.dies().isAfter(world.time())) {
      throw refused(Reason.LINK_EXPIRED);
    }
    byte[] bytes = event.file();
    write(target, Arrays.copyOf(bytes, bytes.length / 2));
    world.interruptibleStep("has fetched half", reference.name());
    if (world.strikes(Fault.DOWNLOAD_IS_CUT)) {
      throw FetchException.passing(Reason.FILE_UNAVAILABLE, "The connection broke.", null);
    }
    progress.received(bytes.length / 2, bytes.length);
    write(target, bytes);
    world.interruptibleStep("has fetched", reference.name());
    if (working != null) {
      working.fetched = true;
    }
    return new Downloaded(bytes.length, event.digest());
  }

  private FetchException refused(Reason reason) {
    Attempt working = world.turns().current().working;
    if (working != null) {
      world.witness().mayDie(working.landing.id(), reason);
    }
    return FetchException.permanent(reason, "There is nothing for you here.");
  }

  private static void write(Path target, byte[] bytes) {
    try {
      Files.write(target, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
