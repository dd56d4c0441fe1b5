package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuedDownloadTest {

  private static final byte[] FILE = random(3_000_000, 1);
  private static final byte[] OTHER = random(2_000_000, 2);

  @TempDir
  Path folder;

  private final FakeHost host = new FakeHost(FILE);
  private Part part;

  @BeforeEach
  void setUp() {
    part = Part.at(folder.resolve("file"));
  }

  private static byte[] random(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private Downloaded fetch() throws InterruptedException {
    try (var downloader = new HttpDownloader(
        FakeHost.policy(), Clock.systemUTC(), (hosts, patience) -> host, DownloadLimits.usual())) {
      return downloader.fetch(FakeHost.link(), part, (soFar, inAll) -> {});
    }
  }

  private FetchException failure() {
    return assertThrows(FetchException.class, this::fetch);
  }

  private void assertLands(byte[] file) throws Exception {
    assertEquals(new Downloaded(file.length, Sha256.of(file)), fetch());
    assertArrayEquals(file, Files.readAllBytes(part.file()));
  }

  private static Map<String, String> from(int first) {
    return from(first, "\"v1\"");
  }

  private static Map<String, String> from(int first, String tag) {
    return Map.of("Range", "bytes=" + first + "-", "If-Match", tag);
  }

  @Test
  void aDownloadGoesOnExactlyWhereItsAnswersBreakOff() throws Exception {
    host.cutAfter(300_001, 1_000_000);
    assertLands(FILE);
    assertEquals(List.of(Map.of(), from(300_001), from(1_300_001)), host.asked());
    assertEquals(FILE.length, host.sent(), "no byte twice");
  }

  @Test
  void anAnswerThatBringsLittleIsLeftToTheRetryPolicyAndTheNextTryGoesOn() throws Exception {
    host.cutAfter(1_000_000, 1000);
    FetchException failed = failure();
    assertEquals(Reason.FILE_UNAVAILABLE, failed.reason());
    assertTrue(failed.retryable());
    assertTrue(failed.getMessage().contains("after 1001000 bytes"), failed.getMessage());
    assertTrue(part.isWorthKeeping());
    assertLands(FILE);
    assertEquals(FILE.length, host.sent(), "no byte twice");
  }

  @Test
  void whatIsOnDiskOfAnEarlierProcessIsGoneOnFrom() throws Exception {
    host.withMd5(FakeHost.md5(FILE));
    Path file = folder.resolve("earlier");
    Files.write(file, Arrays.copyOf(FILE, 700_000));
    part = Part.begun(
        file,
        654_321,
        new Version(Optional.of("\"v1\""), FILE.length, Optional.of(FakeHost.md5(FILE))));
    assertLands(FILE);
    assertEquals(List.of(from(654_321)), host.asked());
  }

  @Test
  void whatIsShorterOnDiskThanToldIsFetchedAnew() throws Exception {
    Path file = folder.resolve("earlier");
    Files.write(file, Arrays.copyOf(FILE, 7));
    part = Part.begun(file, 8, new Version(Optional.of("\"v1\""), FILE.length, Optional.empty()));
    assertLands(FILE);
    assertEquals(List.of(Map.of()), host.asked());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"W/\"v1\"", "v1", "\"\"", ""})
  void aHostWithoutAStrongTagIsAskedFromTheBeginning(String tag) throws Exception {
    host.tagged(tag).cutAfter(1_000_000);
    assertEquals(Reason.FILE_UNAVAILABLE, failure().reason());
    assertFalse(part.isWorthKeeping());
    assertLands(FILE);
    assertEquals(List.of(Map.of(), Map.of()), host.asked());
  }

  @Test
  void aFileThatHasChangedIsFetchedAnew() throws Exception {
    host.cutAfter(1_000_000).then(() -> host.becomes(OTHER, "\"v2\""));
    assertLands(OTHER);
    assertEquals(List.of(Map.of(), from(1_000_000), Map.of()), host.asked());
  }

  @Test
  void theSameBytesUnderAnotherTagAreGoneOnFrom() throws Exception {
    host.withMd5(FakeHost.md5(FILE)).cutAfter(1_000_000).then(() -> host.becomes(FILE, "\"v2\""));
    assertLands(FILE);
    assertEquals(
        List.of(Map.of(), from(1_000_000), Map.of(), from(1_000_000, "\"v2\"")), host.asked());
    assertEquals(FILE.length, host.sent(), "no byte twice");
  }

  @Test
  void aFileOfTheSameLengthButWithoutDigestIsFetchedAnew() throws Exception {
    byte[] other = random(FILE.length, 3);
    host.cutAfter(1_000_000).then(() -> host.becomes(other, "\"v2\""));
    assertLands(other);
  }

  @Test
  void aHostThatIgnoresRangesBeginsAnew() throws Exception {
    host.withoutRanges().cutAfter(1_000_000);
    assertLands(FILE);
    assertEquals(List.of(Map.of(), from(1_000_000)), host.asked());
  }

  @Test
  void aHostThatIgnoresRangesAndAlwaysBreaksOffIsLeftForAWhile() {
    host.withoutRanges().cutAfter(500_000, 500_000, 500_000);
    FetchException failed = failure();
    assertEquals(Reason.FILE_UNAVAILABLE, failed.reason());
    assertTrue(failed.retryable());
    assertEquals(2, host.asked().size(), "it gets no further");
  }

  @Test
  void aFileThatGoesOnChangingIsLeftForAWhile() {
    int[] version = {1};
    host.cutAfter(500_000, 800_000, 1_100_000, 1_400_000, 1_700_000)
        .then(() -> host.becomes(random(FILE.length, version[0]), "\"v" + ++version[0] + "\""));
    FetchException failed = failure();
    assertEquals(Reason.FILE_CHANGED, failed.reason());
    assertTrue(failed.retryable());
    assertEquals(5, version[0]);
  }

  @Test
  void aPartThatIsNotTheOneAskedForBeginsAnew() throws Exception {
    List<Map<String, String>> lies = List.of(
        Map.of("ETag", "\"v1\"", "Content-Range", "bytes 0-9/3000000"),
        Map.of("ETag", "\"v1\"", "Content-Range", "bytes 1000001-2999999/3000000"),
        Map.of("ETag", "\"v1\"", "Content-Range", "bytes 1000000-2999999/3000001"),
        Map.of("ETag", "\"v2\"", "Content-Range", "bytes 1000000-2999999/3000000"),
        Map.of("Content-Range", "bytes 1000000-2999999/3000000"),
        Map.of("ETag", "\"v1\""),
        Map.of("ETag", "\"v1\"", "Content-Range", "1000000-2999999/3000000"));
    for (Map<String, String> lie : lies) {
      var own = new FakeHost(FILE);
      own.cutAfter(1_000_000).then(() -> own.answers(206, lie, "never read"));
      Part fresh = Part.at(folder.resolve("fresh"));
      try (var downloader = new HttpDownloader(
          FakeHost.policy(), Clock.systemUTC(), (hosts, patience) -> own, DownloadLimits.usual())) {
        downloader.fetch(FakeHost.link(), fresh, (soFar, inAll) -> {});
      }
      assertArrayEquals(FILE, Files.readAllBytes(fresh.file()), lie.toString());
      assertEquals(List.of(Map.of(), from(1_000_000), Map.of()), own.asked(), lie.toString());
    }
  }

  @Test
  void aPartThatNobodyAskedForIsRefused() {
    host.answers(206, Map.of("ETag", "\"v1\"", "Content-Range", "bytes 5-9/10"), "56789");
    FetchException refused = failure();
    assertEquals(Reason.LINK_REFUSED, refused.reason());
    assertFalse(refused.retryable());
  }

  @Test
  void aFileOfUnknownLengthThatBreaksOffAtItsEndIsWhole() throws Exception {
    host.withoutLength().answers(200, Map.of("ETag", "\"v1\""), new String(new char[0]));
    assertEquals(0, fetch().length());
    var whole = new FakeHost(FILE);
    Path file = folder.resolve("whole");
    Files.write(file, FILE);
    part = Part.begun(file, FILE.length, new Version(Optional.of("\"v1\""), -1, Optional.empty()));
    try (var downloader = new HttpDownloader(
        FakeHost.policy(), Clock.systemUTC(), (hosts, patience) -> whole, DownloadLimits.usual())) {
      assertEquals(
          new Downloaded(FILE.length, Sha256.of(FILE)),
          downloader.fetch(FakeHost.link(), part, (soFar, inAll) -> {}));
    }
    assertEquals(List.of(from(FILE.length)), whole.asked());
    assertEquals(0, whole.sent());
  }

  @Test
  void aFileThatHasBecomeShorterThanWhatIsHereIsFetchedAnew() throws Exception {
    host.cutAfter(2_500_000).then(() -> host.becomes(OTHER, "\"v1\""));
    assertLands(OTHER);
  }

  @Test
  void moreThanTheFileHasIsNoBeginningOfIt() throws Exception {
    for (String md5 : new String[] {null, FakeHost.md5(FILE)}) {
      host.withMd5(md5);
      Path file = folder.resolve("more");
      Files.write(file, new byte[FILE.length + 1]);
      Version version = new Version(Optional.of("\"v1\""), FILE.length, Optional.ofNullable(md5));
      part = Part.begun(file, FILE.length + 1, version);
      assertLands(FILE);
    }
  }

  @Test
  void aFileWithAnotherDigestThanToldIsFetchedAnewByTheNextTry() throws Exception {
    host.withMd5(FakeHost.md5(OTHER));
    FetchException failed = failure();
    assertEquals(Reason.CHECKSUM_MISMATCH, failed.reason());
    assertTrue(failed.retryable());
    assertFalse(part.isWorthKeeping());
    host.withMd5(FakeHost.md5(FILE));
    assertLands(FILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void aDigestThatIsNoneIsNotCompared(String told) throws Exception {
    host.withMd5(told);
    assertLands(FILE);
  }

  @Test
  void theDigestOfAPartIsNotTakenForThatOfTheFile() throws Exception {
    host.cutAfter(1_000_000)
        .then(() -> host.answers(
            206,
            Map.of(
                "ETag", "\"v1\"",
                "Content-Range", "bytes 1000000-2999999/3000000",
                "Content-MD5", FakeHost.md5(OTHER)),
            ""));
    FetchException failed = failure();
    assertEquals(Reason.LENGTH_MISMATCH, failed.reason());
  }

  @Test
  void aLinkThatDiesOnTheWayIsNamedAndWhatIsHereStays() throws Exception {
    host.cutAfter(1_000_000)
        .then(() -> host.answers(
            403,
            Map.of("x-ms-error-code", "AuthenticationFailed"),
            "Signature not valid in the specified time frame: Start [Tue, 01 Jan 2030 00:00:00 GMT]"
                + " - Expiry [Tue, 01 Jan 2030 01:00:00 GMT] - Current [Tue, 01 Jan 2030 01:00:01"
                + " GMT]"));
    FetchException dead = failure();
    assertEquals(Reason.LINK_EXPIRED, dead.reason());
    assertTrue(dead.getMessage().contains("2030-01-01T01:00:00Z"), dead.getMessage());
    assertEquals(1_000_000, part.received());
    assertLands(FILE);
    assertEquals(FILE.length, host.sent(), "no byte twice");
  }
}
