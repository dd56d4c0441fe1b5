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
 * method is empty unless overridden. A {@link Step} tells which landing, its age and how long its
 * link still lives.
 */
public interface PipelineListener {

  /**
   * An event was read from a delivery.
   *
   * @param event the event
   * @param delivery what brought it; its body tells how many bytes
   */
  default void received(BusinessEvent event, Delivery delivery) {}

  /**
   * No route wants an event; it was acknowledged and is not kept.
   *
   * @param event the event
   */
  default void ignored(BusinessEvent event) {}

  /**
   * A delivery, or one part of a batch, is no event; it is kept as a dead letter.
   *
   * @param delivery what brought it
   * @param failure why it cannot be read
   */
  default void unreadable(Delivery delivery, Failure failure) {}

  /**
   * A delivery was sent back to be tried again later.
   *
   * @param delivery what came
   * @param failure why
   */
  default void turnedAway(Delivery delivery, Failure failure) {}

  /**
   * The ledger has custody of a new landing.
   *
   * @param step the landing as it is recorded
   * @param arrival how it stands to its stream
   */
  default void recorded(Step step, Arrival arrival) {}

  /**
   * A delivery brought nothing new.
   *
   * @param known the landing that is there already
   */
  default void duplicate(Recorded known) {}

  /**
   * A sender was told what became of its delivery.
   *
   * @param delivery what came
   * @param disposition what it was told
   * @param took the time since it arrived
   */
  default void answered(Delivery delivery, Disposition disposition, Duration took) {}

  /**
   * An attempt at a landing begins.
   *
   * @param step the landing as it was claimed
   */
  default void claimed(Step step) {}

  /**
   * A download begins.
   *
   * @param step which landing
   * @param reference where the file is; prints without its signature
   */
  default void fetching(Step step, FileReference reference) {}

  /**
   * More of a file has arrived; called after each block of up to 256 KiB.
   *
   * @param step which landing
   * @param bytesSoFar how much there is
   * @param bytesInAll how much there will be, or -1 if the host does not tell
   */
  default void fetched(Step step, long bytesSoFar, long bytesInAll) {}

  /**
   * A file is complete and verified on local disk.
   *
   * @param step which landing
   * @param file the file
   * @param took how long this download took
   */
  default void spooled(Step step, ExportedFile file, Duration took) {}

  /**
   * A sink has a file.
   *
   * @param step which landing
   * @param sink the sink's name
   * @param receipt what it answered; tells how many bytes and records
   * @param took how long it took
   */
  default void stored(Step step, String sink, Receipt receipt, Duration took) {}

  /**
   * Every sink has it, and the ledger knows.
   *
   * @param step the landing with all receipts; its age is how long it took since it was recorded
   * @param event the event
   */
  default void landed(Step step, BusinessEvent event) {}

  /**
   * An attempt failed and is repeated.
   *
   * @param step which landing
   * @param failure why
   * @param next when it is tried again
   */
  default void retrying(Step step, Failure failure, Instant next) {}

  /**
   * A landing needs a person; it is a dead letter now.
   *
   * @param step which landing
   * @param failure why
   */
  default void died(Step step, Failure failure) {}

  /**
   * An attempt was broken off because the pipeline closes; the landing is pending again.
   *
   * @param step which landing
   */
  default void released(Step step) {}

  /**
   * A lease ran out while its landing was worked on, and another instance has the landing now.
   *
   * @param step which landing
   */
  default void leaseLost(Step step) {}

  /**
   * A sink failed so often that it is left alone for a while; files go on being fetched for it.
   *
   * @param route the route's name
   * @param sink the sink's name
   * @param failure the last one
   * @param until when it is tried again, with one file
   */
  default void sinkPaused(String route, String sink, Failure failure, Instant until) {}

  /**
   * A sink that was left alone has taken a file again.
   *
   * @param route the route's name
   * @param sink the sink's name
   */
  default void sinkResumed(String route, String sink) {}

  /**
   * Nothing can arrive from a source for now, as its connection is gone or stands still; it goes on
   * trying by itself. Told by sources that look after a connection, once for each loss.
   *
   * @param source its name
   * @param failure why
   */
  default void sourceLost(String source, Failure failure) {}

  /**
   * A source that was lost is there again.
   *
   * @param source its name
   */
  default void sourceRestored(String source) {}

  /**
   * What is pending was counted, as it is every few seconds.
   *
   * @param backlog of all instances that share the ledger
   * @param at the time
   */
  default void backlog(Backlog backlog, Instant at) {}

  /**
   * Landings wait for a route that this pipeline does not have; told once for each route, again
   * after a restart. They stay where they are.
   *
   * @param route the route's name
   * @param waiting how many, and since when
   */
  default void orphaned(String route, Backlog.Waiting waiting) {}
}
