package dev.landfall.transport.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.CyclicTimeout;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose requests must be complete within a time, however busy it is.
 *
 * <p>The server's own timer starts anew with every byte, so a sender that drips would hold a
 * connection for ever. This one starts when the connection opens or with the first byte of a
 * request, and stops when the request is read or refused.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {

  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private enum Phase {
    BETWEEN_REQUESTS,
    READING,
    LATE
  }

  private final Duration requestDeadline;
  private final CyclicTimeout timer;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.BETWEEN_REQUESTS);

  WatchedEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Duration requestDeadline) {
    super(channel, selector, key, scheduler);
    this.requestDeadline = requestDeadline;
    timer = new CyclicTimeout(scheduler) {
      @Override
      public void onTimeoutExpired() {
        giveUp();
      }
    };
  }

  @Override
  public void onOpen() {
    super.onOpen();
    watch();
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    int filled = super.fill(buffer);
    if (filled > 0) {
      watch();
    }
    return filled;
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    timer.destroy();
  }

  private void watch() {
    if (phase.compareAndSet(Phase.BETWEEN_REQUESTS, Phase.READING)) {
      restart(requestDeadline);
    }
  }

  /**
   * Ends the watch over one request.
   *
   * @return whether it was in time
   */
  boolean requestRead() {
    boolean inTime = phase.getAndSet(Phase.BETWEEN_REQUESTS) != Phase.LATE;
    timer.cancel();
    return inTime;
  }

  /**
   * Ends a request that is still being read: whoever reads it hears of a timeout and may answer,
   * and soon after the connection is closed.
   */
  void giveUp() {
    if (phase.compareAndSet(Phase.READING, Phase.LATE)) {
      restart(LAST_WORDS);
      onIdleExpired(new TimeoutException("The request took too long to arrive."));
    } else if (phase.get() == Phase.LATE) {
      close();
    }
  }

  private void restart(Duration delay) {
    timer.schedule(delay.toNanos(), TimeUnit.NANOSECONDS);
  }
}
