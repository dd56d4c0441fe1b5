package dev.landfall.download;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/** Names what a reader failed of. */
final class NetworkFault {

  private NetworkFault() {}

  /**
   * {@return the exception that names a failure}
   *
   * @param host that was asked
   * @param received bytes of the body that came before
   * @throws InterruptedException if the failure is an interrupt in disguise
   */
  static FetchException of(IOException failure, String host, long received)
      throws InterruptedException {
    throwIfInterrupt(failure);
    if (failure instanceof SocketTimeoutException) {
      return passing(
          "The download from %s stands still after %d bytes.".formatted(host, received), failure);
    }
    return passing(
        received == 0
            ? "The host %s cannot be read: %s."
                .formatted(host, failure.getClass().getSimpleName())
            : "The download from %s broke off after %d bytes.".formatted(host, received),
        failure);
  }

  private static FetchException passing(String message, IOException cause) {
    return FetchException.passing(Reason.FILE_UNAVAILABLE, message, cause);
  }

  /**
   * Tells an interrupt from a failure. Channels and clients report it as an {@link IOException},
   * most of them with the thread's interrupt status set.
   */
  static void throwIfInterrupt(IOException failure) throws InterruptedException {
    if (Thread.interrupted() || isInterrupt(failure)) {
      InterruptedException interrupt = new InterruptedException("The download was interrupted.");
      interrupt.initCause(failure);
      throw interrupt;
    }
  }

  private static boolean isInterrupt(@Nullable Throwable failure) {
    return failure instanceof ClosedByInterruptException
        || (failure instanceof InterruptedIOException
            && !(failure instanceof SocketTimeoutException))
        || (failure instanceof IOException && isInterrupt(failure.getCause()));
  }
}
