package dev.landfall.spi;

import java.util.concurrent.CompletionStage;

/**
 * Takes deliveries from a source.
 *
 * <p>The source calls it once for each arrival, on any thread, many at once. A call does not block
 * on disk or network. The same event may be handed over any number of times. The stage completes,
 * on a thread of the pipeline, with what to tell the sender; {@code ACCEPTED} means that every
 * event of the delivery survives the end of this process, or is stored, and so does any part of it
 * that is no event, as a dead letter. With a ledger that is not durable this takes as long as the
 * landing, so a source whose sender is impatient answers "try later" by itself when the time is
 * over; the landing goes on and the next delivery of the event finds it. Neither the call nor the
 * stage fails.
 *
 * <p>A source that looks after a connection also says when it is lost and when it is there again.
 */
@FunctionalInterface
public interface Receiver {

  /**
   * Takes one delivery.
   *
   * @param delivery what arrived
   * @return what to tell the sender, once it is known
   */
  CompletionStage<Disposition> receive(Delivery delivery);

  /**
   * Hears that nothing can arrive for now; the source goes on trying by itself. Does nothing unless
   * overridden. Neither this call nor {@link #restored} fails.
   *
   * @param source its name
   * @param failure why
   */
  default void lost(String source, Failure failure) {}

  /**
   * Hears that what was {@linkplain #lost lost} is there again. Does nothing unless overridden.
   *
   * @param source its name
   */
  default void restored(String source) {}
}
