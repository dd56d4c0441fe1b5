package dev.landfall.download;

import java.util.concurrent.TimeUnit;

/** Keeps all downloads together below a number of bytes a second, by letting each wait its turn. */
final class Pace {

  /** So much time in which nothing came may be made up for. */
  private static final long MOST_SAVED = TimeUnit.SECONDS.toNanos(1);

  private static final long NOT_WORTH_WAITING = TimeUnit.MILLISECONDS.toNanos(5);

  private final double nanosPerByte;
  private final Timer timer;
  private long paidUntil;

  /** Time that only moves on, and waiting for it. */
  interface Timer {

    /** {@return nanoseconds since any moment} */
    long now();

    void await(long nanos) throws InterruptedException;
  }

  Pace(long bytesPerSecond, Timer timer) {
    this.nanosPerByte = 1e9 / bytesPerSecond;
    this.timer = timer;
    this.paidUntil = timer.now();
  }

  static Pace of(long bytesPerSecond) {
    return new Pace(bytesPerSecond, new Timer() {
      @Override
      public long now() {
        return System.nanoTime();
      }

      @Override
      public void await(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
      }
    });
  }

  /** Returns when as many bytes may have come. */
  void spend(int bytes) throws InterruptedException {
    long wait = book(bytes);
    if (wait > NOT_WORTH_WAITING) {
      timer.await(wait);
    }
  }

  private synchronized long book(int bytes) {
    long now = timer.now();
    long earliest = now - MOST_SAVED;
    long begin = paidUntil - earliest > 0 ? paidUntil : earliest;
    paidUntil = begin + (long) (bytes * nanosPerByte);
    return paidUntil - now;
  }
}
