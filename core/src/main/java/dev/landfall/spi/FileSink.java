package dev.landfall.spi;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;

/**
 * Stores a file or its records.
 *
 * <p>Called by a worker of the pipeline, for different files by several at once. It is called again
 * for the same event if it threw a retryable exception, or if the process ended before its receipt
 * was in the ledger; storing the same event twice must leave what storing it once does, and give an
 * equal receipt. A return means that all of it is stored and survives a power cut. After an
 * exception nothing half-stored can be taken for a whole.
 */
public interface FileSink {

  /**
   * {@return the name under which the ledger keeps this sink's receipts: the same after a restart,
   * and no other sink of the route has it; for example {@code table customer_groups}}
   */
  String name();

  /**
   * Looks whether anything can be stored, as far as that can be known before the first file; by
   * default it does nothing.
   *
   * <p>Called by the thread that starts the pipeline, before any source begins, and perhaps again
   * later. Nothing is stored.
   *
   * @throws Exception a {@link dev.landfall.event.LandfallException} for which trying again cannot
   *     help keeps the pipeline from starting, so it is for what a person must mend; any other does
   *     not, as the storage may be back for the first file
   */
  default void check() throws Exception {}

  /**
   * Stores one file.
   *
   * @param file complete and verified
   * @return where it lies now
   * @throws Exception a {@link dev.landfall.event.LandfallException}, such as a
   *     {@link SinkException}, tells whether trying again can help; an {@link InterruptedException}
   *     ends the attempt because the pipeline closes, and the landing is free for the next; any
   *     other exception is tried again as the retry policy says
   */
  Receipt store(ExportedFile file) throws Exception;
}
