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
import org.eclipse.jetty.io.EndPoint;
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
    HEAD,
    BODY,
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
        expire();
      }
    };
  }

  /** {@return the connection itself, which TLS wraps} */
  static WatchedEndPoint under(EndPoint shown) {
    EndPoint own = shown;
    while (own instanceof EndPoint.Wrapper wrapper) {
      own = wrapper.unwrap();
    }
    return (WatchedEndPoint) own;
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
    if (phase.compareAndSet(Phase.BETWEEN_REQUESTS, Phase.HEAD)) {
      restart(requestDeadline);
    }
  }

  /** Tells that somebody reads the body from now on, and wants to hear if it is late. */
  void headRead() {
    // A request that came together with the one before is not watched yet.
    watch();
    phase.compareAndSet(Phase.HEAD, Phase.BODY);
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

  /** {@return whether the body that is being read has been given up} */
  boolean late() {
    return phase.get() == Phase.LATE;
  }

  /**
   * Ends the reading of a body, if there is one: its reader hears of a timeout and may answer, and
   * soon after the connection is closed.
   */
  void giveUpBody() {
    if (phase.compareAndSet(Phase.BODY, Phase.LATE)) {
      restart(LAST_WORDS);
      onIdleExpired(new TimeoutException("The request took too long to arrive."));
    }
  }

  private void expire() {
    if (phase.compareAndSet(Phase.HEAD, Phase.LATE) || late()) {
      close();
    } else {
      giveUpBody();
    }
  }

  private void restart(Duration delay) {
    timer.schedule(delay.toNanos(), TimeUnit.NANOSECONDS);
  }
}
