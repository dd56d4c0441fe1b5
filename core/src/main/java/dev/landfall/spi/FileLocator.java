package dev.landfall.spi;

import dev.landfall.event.BusinessEvent;
import dev.landfall.file.FileReference;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds the file that an event announces.
 *
 * <p>{@link #locate} is called by a worker before each download, for different events by several at
 * once and for the same event again after a failure; it may use the network. {@link #expiry} is
 * called by the intake for every delivery and must be quick and local.
 */
@FunctionalInterface
public interface FileLocator {

  /**
   * Finds the file.
   *
   * @param event the event that announces it
   * @return where it can be fetched
   * @throws dev.landfall.file.FetchException if there is none; its {@code retryable} says whether
   *     asking again can help
   */
  FileReference locate(BusinessEvent event);

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
}
