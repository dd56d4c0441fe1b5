package dev.landfall.spi;

import dev.landfall.event.BusinessEvent;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds the file that an event announces.
 *
 * <p>{@link #locate} is called by a worker before each download, for different events by several at
 * once and for the same event again after a failure; {@link #renew} after a link has failed for
 * good. Both may use the network. {@link #expiry} is called by the intake for every delivery and
 * must be quick and local.
 */
@FunctionalInterface
public interface FileLocator {

  /**
   * Finds the file.
   *
   * @param event the event that announces it
   * @return where it can be fetched
   * @throws FetchException if there is none; its {@code retryable} says whether asking again can
   *     help
   */
  FileReference locate(BusinessEvent event);

  /**
   * Finds the file again after its link has failed, such as one that died before all of the file
   * was here. What is here is gone on from if the new link leads to the same bytes.
   *
   * @param event the event that announces it
   * @param failure why it could not be fetched; no further try of the link can help
   * @return where it can be fetched, too; empty if there is no other link, which is always a right
   *     answer. A link that has just failed is not tried again
   * @throws FetchException if it may be found again, but not now
   */
  default Optional<FileReference> renew(BusinessEvent event, FetchException failure) {
    return Optional.empty();
  }

  /**
   * Tells without any network call when the link of an event dies, so that what dies first is
   * fetched first.
   *
   * @param event the event that announces the file
   * @return the time; empty if it cannot be told from the event, which is always a right answer
   */
  default Optional<Instant> expiry(BusinessEvent event) {
    return Optional.empty();
  }

  /**
   * {@return a locator that asks this one first, and the other if this one finds nothing or its
   * link fails}
   *
   * @param other is asked for events whose file this one cannot give
   */
  default FileLocator or(FileLocator other) {
    return new LocatorChain(this, other);
  }
}
