package dev.landfall.bench.intake;

import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.spi.FileLocator;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Keeps the only worker, so that nothing lands while intake is measured. */
final class StalledLocator implements FileLocator {

  private final FileLocator real;
  private final CountDownLatch over = new CountDownLatch(1);

  private StalledLocator(FileLocator real) {
    this.real = real;
  }

  static StalledLocator ofField(String member) {
    return new StalledLocator(PayloadUrlLocator.field(member));
  }

  @Override
  public FileReference locate(BusinessEvent event) {
    try {
      over.await();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    throw FetchException.passing(Reason.FILE_GONE, "Nothing is landed here.", null);
  }

  /** Part of intake. */
  @Override
  public Optional<Instant> expiry(BusinessEvent event) {
    return real.expiry(event);
  }

  /** Lets the worker go. */
  void giveUp() {
    over.countDown();
  }
}
