package dev.landfall.download.apache;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Tells an interrupt from what the client reports it as. */
final class Interrupts {

  private Interrupts() {}

  /**
   * {@return the failure}
   *
   * @throws InterruptedException if it comes of an interrupt
   */
  static IOException orElse(IOException failure) throws InterruptedException {
    if (Thread.interrupted() || failure instanceof ClosedByInterruptException) {
      InterruptedException interrupt = new InterruptedException("The request was interrupted.");
      interrupt.initCause(failure);
      throw interrupt;
    }
    return failure;
  }
}
