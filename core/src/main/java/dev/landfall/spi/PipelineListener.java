package dev.landfall.spi;

import dev.landfall.event.BusinessEvent;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileReference;
import dev.landfall.file.Receipt;
import java.time.Duration;
import java.time.Instant;

/**
 * Hears of every step; logging and metrics are listeners like any other.
 *
 * <p>Called on the thread that does the step, so it must be quick; many threads at once. It
 * receives values only and cannot change the flow: what it throws is logged and harms nothing. Each
 * method is empty unless overridden.
 */
public interface PipelineListener {

  /**
   * An event was read from a delivery.
   *
   * @param event the event
   * @param source the source's name
   */
  default void received(BusinessEvent event, String source) {}

  /**
   * No route wants an event; it was acknowledged and is not kept.
   *
   * @param event the event
   */
  default void ignored(BusinessEvent event) {}

  /**
   * A delivery, or one part of a batch, is no event; it is kept as a dead letter.
   *
   * @param source the source's name
   * @param failure why it cannot be read
   */
  default void unreadable(String source, Failure failure) {}

  /**
   * A delivery was sent back to be tried again later.
   *
   * @param source the source's name
   * @param failure why
   */
  default void turnedAway(String source, Failure failure) {}

  /**
   * The ledger has custody of a new landing.
   *
   * @param landing what is remembered
   */
  default void recorded(Landing landing) {}

  /**
   * A delivery brought nothing new.
   *
   * @param known the landing that is there already
   */
  default void duplicate(Recorded known) {}

  /**
   * A download begins.
   *
   * @param id which landing
   * @param reference where the file is; prints without its signature
   */
  default void fetching(LandingId id, FileReference reference) {}

  /**
   * More of a file has arrived; called after each block of up to 256 KiB.
   *
   * @param id which landing
   * @param bytesSoFar how much there is
   * @param bytesInAll how much there will be, or -1 if the host does not tell
   */
  default void fetched(LandingId id, long bytesSoFar, long bytesInAll) {}

  /**
   * A file is complete and verified on local disk.
   *
   * @param id which landing
   * @param file the file
   * @param took how long this download took
   */
  default void spooled(LandingId id, ExportedFile file, Duration took) {}

  /**
   * A sink has a file.
   *
   * @param id which landing
   * @param sink the sink's name
   * @param receipt what it answered
   * @param took how long it took
   */
  default void stored(LandingId id, String sink, Receipt receipt, Duration took) {}

  /**
   * Every sink has it, and the ledger knows.
   *
   * @param landing what was landed, with all receipts
   * @param event the event
   * @param took the time since it was recorded
   */
  default void landed(Landing landing, BusinessEvent event, Duration took) {}

  /**
   * An attempt failed and is repeated.
   *
   * @param id which landing
   * @param failure why
   * @param at when it is tried again
   */
  default void retrying(LandingId id, Failure failure, Instant at) {}

  /**
   * A landing needs a person; it is a dead letter now.
   *
   * @param id which landing
   * @param failure why
   */
  default void died(LandingId id, Failure failure) {}
}
