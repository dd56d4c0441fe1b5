package dev.landfall.spi;

import dev.landfall.event.BusinessEvent;

/**
 * Does the work for an event that has no file.
 *
 * <p>Called by a worker of the pipeline, for different events by several at once. It is called
 * again for the same event if it threw a retryable exception, or if the process ended before the
 * return was in the ledger; so the same event handled twice must do no harm. A return means that
 * the work is done.
 */
@FunctionalInterface
public interface EventHandler {

  /**
   * Handles one event.
   *
   * @param event the event
   * @throws Exception a {@link dev.landfall.event.LandfallException} tells whether trying again can
   *     help; any other exception is tried again as the retry policy says
   */
  void handle(BusinessEvent event) throws Exception;
}
