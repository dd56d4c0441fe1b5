package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

  /** Time that passes only when somebody waits, or a test says so. */
  private static final class ByHand implements Pace.Timer {
    private long now = Long.MAX_VALUE - 1_000_000_000L;
    private long waited;

    @Override
    public long now() {
      return now;
    }

    @Override
    public void await(long nanos) {
      waited += nanos;
      now += nanos;
    }
  }

  private final ByHand timer = new ByHand();

  @Test
  void manyBytesTakeTheTimeTheyMay() throws Exception {
    Pace pace = new Pace(1_000_000, timer);
    for (int i = 0; i < 100; i++) {
      pace.spend(100_000);
    }
    assertEquals(TimeUnit.SECONDS.toNanos(10), timer.waited);
  }

  @Test
  void ofTimeInWhichNothingCameASecondIsSavedUp() throws Exception {
    Pace pace = new Pace(1_000_000, timer);
    timer.now += TimeUnit.HOURS.toNanos(1);
    pace.spend(1_000_000);
    assertEquals(0, timer.waited);
    pace.spend(500_000);
    assertEquals(TimeUnit.MILLISECONDS.toNanos(500), timer.waited);
  }

  @Test
  void timeThatTheBytesTookThemselvesCounts() throws Exception {
    Pace pace = new Pace(1_000_000, timer);
    for (int i = 0; i < 10; i++) {
      pace.spend(100_000);
      timer.now += TimeUnit.MILLISECONDS.toNanos(60);
    }
    assertEquals(TimeUnit.MILLISECONDS.toNanos(100 + 9 * 40), timer.waited);
  }

  @Test
  void aFewBytesWaitTogether() throws Exception {
    Pace pace = new Pace(1_000_000, timer);
    for (int i = 0; i < 5; i++) {
      pace.spend(1000);
    }
    assertEquals(0, timer.waited);
    pace.spend(1000);
    assertEquals(TimeUnit.MILLISECONDS.toNanos(6), timer.waited);
  }

  @Test
  void withoutALimitNobodyWaits() throws Exception {
    Pace pace = new Pace(DownloadLimits.UNLIMITED, timer);
    for (int i = 0; i < 1000; i++) {
      pace.spend(Integer.MAX_VALUE);
    }
    assertEquals(0, timer.waited);
  }
}
