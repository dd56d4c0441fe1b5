package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.Sha256;
import dev.landfall.file.SignedLink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a storage that is not ours; skipped where it is not installed. */
@Timeout(60)
abstract class AzuriteCase {

  static final String IS_INSTALLED = "dev.landfall.download.AzuriteCase#isInstalled";
  static final String HOW_TO_INSTALL =
      "Azurite is not here, or there is no Node.js to run it; with Node.js, run"
          + " \"npm ci --prefix core/src/test/azurite\" in the root of the project.";

  @TempDir
  static Path storage;

  private static @Nullable Azurite running;

  @TempDir
  Path folder;

  /** The storage reads the clock of this machine, and cannot be given another. */
  final Instant now = Clock.systemUTC().instant();

  private RecordingReader reader;
  private HttpDownloader downloader;

  /** The build counts what it skips; why, it tells in its reports only. */
  static boolean isInstalled() {
    boolean installed = Azurite.isInstalled();
    if (!installed) {
      System.out.println("Skipped: " + HOW_TO_INSTALL);
    }
    return installed;
  }

  @BeforeAll
  static void start() throws Exception {
    running = Azurite.start(storage);
    running.createContainer("dmf");
  }

  @AfterAll
  static void stop() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  @BeforeEach
  void open() {
    open(Clock.systemUTC());
  }

  private void open(Clock clock) {
    HostPolicy hosts = HostPolicy.nothing().trust(azurite().origin());
    reader = new RecordingReader(JdkHttpReader.open(hosts, Patience.usual()));
    downloader =
        new HttpDownloader(hosts, clock, (same, patience) -> reader, DownloadLimits.usual());
  }

  @AfterEach
  void close() {
    downloader.close();
  }

  /** Gives the downloader a clock that goes wrong by so much. */
  final void offset(Duration error) {
    downloader.close();
    open(Clock.offset(Clock.systemUTC(), error));
  }

  static Azurite azurite() {
    return Objects.requireNonNull(running);
  }

  final RecordingReader reader() {
    return reader;
  }

  /** A link that works, as far as time goes. */
  final String link(String blob) {
    return azurite().link(blob).expiring(now.plus(Duration.ofMinutes(65))).url();
  }

  static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  final Part nothing() {
    return Part.at(folder.resolve("file"));
  }

  static FileReference reference(String url) {
    return FileReference.of(SignedLink.of(url));
  }

  final Downloaded fetch(FileReference reference, Part part) throws InterruptedException {
    return downloader.fetch(reference, part, (soFar, inAll) -> {});
  }

  /** Fetches what is missing, and all bytes must be right in the end. */
  final void lands(byte[] content, String url, Part part) throws Exception {
    Downloaded downloaded = fetch(reference(url), part);
    assertEquals(new Downloaded(content.length, Sha256.of(content)), downloaded);
    assertArrayEquals(content, Files.readAllBytes(part.file()));
  }

  final FetchException refusal(FileReference reference, Part part) {
    FetchException refused = assertThrows(FetchException.class, () -> fetch(reference, part));
    assertFalse(String.valueOf(refused.getMessage()).contains("sig="), refused.getMessage());
    return refused;
  }
}
