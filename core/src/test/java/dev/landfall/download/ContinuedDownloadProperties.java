package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.file.FetchException;
import dev.landfall.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ContinuedDownloadProperties {

  @Property(tries = 200)
  void howeverOftenItBreaksOffEveryByteIsSentOnce(
      @ForAll @IntRange(max = 1_500_000) int length,
      @ForAll @Size(max = 12) List<@IntRange(max = 600_000) Integer> cuts,
      @ForAll boolean tellsLength,
      @ForAll boolean tellsMd5,
      @ForAll boolean forgetful)
      throws IOException, InterruptedException {
    byte[] file = new byte[length];
    new Random(length).nextBytes(file);
    FakeHost host = new FakeHost(file).withMd5(tellsMd5 ? FakeHost.md5(file) : null);
    cuts.forEach(host::cutAfter);
    if (!tellsLength) {
      host.withoutLength();
    }
    Path target = Files.createTempFile("landfall", ".part");
    try {
      assertEquals(
          new Downloaded(length, Sha256.of(file)), fetch(host, target, cuts.size(), forgetful));
      assertArrayEquals(file, Files.readAllBytes(target));
      assertEquals(length, host.sent());
    } finally {
      Files.delete(target);
    }
  }

  /** Tries until it is whole; in between only what is on disk is remembered, or all. */
  private static Downloaded fetch(FakeHost host, Path target, int cuts, boolean forgetful)
      throws InterruptedException {
    Part part = Part.at(target);
    try (var downloader = new HttpDownloader(
        FakeHost.policy(), Clock.systemUTC(), (hosts, patience) -> host, DownloadLimits.usual())) {
      for (int failures = 0; failures < cuts; failures++) {
        try {
          return downloader.fetch(FakeHost.link(), part, (soFar, inAll) -> {});
        } catch (FetchException brokenOff) {
          part = forgetful ? Part.begun(target, part.received(), part.version()) : part;
        }
      }
      return downloader.fetch(FakeHost.link(), part, (soFar, inAll) -> {});
    }
  }
}
