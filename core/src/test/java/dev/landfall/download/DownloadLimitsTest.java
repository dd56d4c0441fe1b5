package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadLimitsTest {

  private static final int LENGTH = 2_000_000;

  @TempDir
  Path folder;

  private final FakeHost host = new FakeHost(new byte[LENGTH]);

  /** Time that passes by a minute whenever somebody looks. */
  private static final class Minutes extends Clock {
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      now = now.plusSeconds(60);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private Downloaded fetch(Part part, DownloadLimits limits) throws InterruptedException {
    try (var downloader =
        new HttpDownloader(FakeHost.policy(), new Minutes(), (hosts, patience) -> host, limits)) {
      return downloader.fetch(FakeHost.link(), part, (soFar, inAll) -> {});
    }
  }

  @Test
  void aTryThatTakesTooLongIsGivenUpAndTheNextGoesOn() throws Exception {
    Part part = Part.at(folder.resolve("file"));
    DownloadLimits brief = DownloadLimits.usual().longest(Duration.ofMinutes(4));
    FetchException failed = assertThrows(FetchException.class, () -> fetch(part, brief));
    assertEquals(Reason.FILE_UNAVAILABLE, failed.reason());
    assertTrue(failed.retryable());
    assertTrue(failed.getMessage().contains("PT4M"), failed.getMessage());
    assertTrue(part.received() > 0 && part.received() < LENGTH, part.received() + " bytes");
    fetch(part, DownloadLimits.usual());
    assertEquals(LENGTH, host.sent(), "no byte twice");
  }

  @Test
  void aTryThatIsLateButHasTheWholeFileIsNotGivenUp() throws Exception {
    DownloadLimits brief = DownloadLimits.usual().longest(Duration.ofMinutes(8));
    assertEquals(LENGTH, fetch(Part.at(folder.resolve("file")), brief).length());
  }

  @Test
  void aFileThatTurnsOutTooLargeIsRefusedAndNotKept() {
    for (boolean told : new boolean[] {true, false}) {
      Part part = Part.at(folder.resolve("file"));
      if (!told) {
        host.withoutLength();
      }
      FetchException refused = assertThrows(
          FetchException.class, () -> fetch(part, DownloadLimits.usual().largest(LENGTH - 1)));
      assertEquals(Reason.TOO_LARGE, refused.reason());
      assertFalse(refused.retryable());
      assertTrue(refused.getMessage().contains("1999999"), refused.getMessage());
      assertFalse(part.isWorthKeeping());
    }
  }

  @Test
  void aFileOfExactlyTheLargestSizeLands() throws Exception {
    Part part = Part.at(folder.resolve("file"));
    assertEquals(LENGTH, fetch(part, DownloadLimits.usual().largest(LENGTH)).length());
  }

  @Test
  void limitsThatAllowNothingAreRefused() {
    DownloadLimits usual = DownloadLimits.usual();
    assertThrows(IllegalArgumentException.class, () -> usual.largest(0));
    assertThrows(IllegalArgumentException.class, () -> usual.bytesPerSecond(0));
    assertThrows(IllegalArgumentException.class, () -> usual.longest(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> usual.grace(Duration.ofNanos(-1)));
    assertEquals(Duration.ZERO, usual.grace(Duration.ZERO).grace());
  }
}
