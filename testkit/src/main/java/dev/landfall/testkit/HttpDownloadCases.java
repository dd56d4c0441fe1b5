package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.download.DownloadLimits;
import dev.landfall.download.Downloaded;
import dev.landfall.download.HttpDownloader;
import dev.landfall.download.Part;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.Sha256;
import dev.landfall.file.SignedLink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pipeline's downloader makes of a reader. */
abstract class HttpDownloadCases extends HttpsReaderCases {

  @TempDir
  Path folder;

  private HttpDownloader downloader() {
    return new HttpDownloader(
        hosts(), Clock.systemUTC(), (hosts, patience) -> reader, DownloadLimits.usual());
  }

  private Downloaded download() throws InterruptedException {
    var downloader = downloader();
    FileReference reference =
        FileReference.of(SignedLink.of(host.at("/dmf/f.csv").toString()));
    return downloader.fetch(reference, Part.at(target()), (soFar, inAll) -> {});
  }

  private Path target() {
    return folder.resolve("file");
  }

  private void assertCanBeTriedAgain(String told) {
    FetchException failed = assertThrows(FetchException.class, this::download);
    assertEquals(Reason.FILE_UNAVAILABLE, failed.reason());
    assertTrue(failed.retryable());
    assertTrue(failed.getMessage().contains(told), failed.getMessage());
  }

  @Test
  void aFileIsThereWithItsLengthAndDigest() throws Exception {
    for (int length : new int[] {0, 10_240, 262_144, 2_000_000}) {
      byte[] file = random(length);
      host.answers(exchange -> exchange.send(OK, file));
      assertEquals(new Downloaded(length, Sha256.of(file)), download());
      assertArrayEquals(file, Files.readAllBytes(target()));
    }
  }

  @Test
  void aDownloadThatBreaksOffCanBeTriedAgain() {
    host.answers(exchange -> {
      exchange.send(OK + "\r\nContent-Length: 1000\r\n\r\nbeginning");
      exchange.close();
    });
    assertCanBeTriedAgain("broke off after 9 bytes");
  }

  @Test
  void aDownloadThatStandsStillCanBeTriedAgain() {
    becomeImpatient();
    host.answers(exchange -> {});
    assertCanBeTriedAgain("stands still after 0 bytes");
    host.answers(exchange -> exchange.send(OK + "\r\nContent-Length: 1000\r\n\r\nbeginning"));
    assertCanBeTriedAgain("stands still after 9 bytes");
  }

  @Test
  void aHostThatHangsUpCanBeTriedAgain() {
    host.answers(ScriptedHost.Exchange::close);
    assertCanBeTriedAgain("cannot be read");
  }

  @Test
  void anInterruptEndsADownload() throws Exception {
    for (String answer : new String[] {"", OK + "\r\nContent-Length: 1000\r\n\r\nbeginning"}) {
      host.answers(exchange -> exchange.send(answer));
      int number = host.exchanges().size();
      assertEndsByInterrupt(host, this::download);
      host.exchanges().get(number).awaitGone();
    }
  }

  @Test
  void manyAreDownloadedAtOnce() throws Exception {
    byte[] file = random(10_240);
    host.answers(exchange -> exchange.send(OK, file));
    var downloader = downloader();
    AtOnce.on(8, thread -> {
      FileReference reference =
          FileReference.of(SignedLink.of(host.at("/dmf/f.csv").toString()));
      for (int i = 0; i < 50; i++) {
        Path target = folder.resolve(thread + "-" + i);
        downloader.fetch(reference, Part.at(target), (soFar, inAll) -> {});
        assertArrayEquals(file, Files.readAllBytes(target));
      }
      return thread;
    });
  }
}
