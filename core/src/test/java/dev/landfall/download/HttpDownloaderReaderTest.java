package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a downloader makes of what any reader may do. */
class HttpDownloaderReaderTest {

  private static final URI LINK = URI.create("http://127.0.0.1:10000/dmf/f.csv");

  @TempDir
  Path folder;

  private int closed;

  /** Answers 200 with an announced length and a body that a test makes. */
  private record Made(String length, Body body, Runnable closing) implements HttpAnswer {

    interface Body {
      int read(ByteBuffer target) throws IOException, InterruptedException;
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public Optional<String> header(String name) {
      return name.equalsIgnoreCase("Content-Length") ? Optional.of(length) : Optional.empty();
    }

    @Override
    public int read(ByteBuffer target) throws IOException, InterruptedException {
      return body.read(target);
    }

    @Override
    public void close() {
      closing.run();
    }
  }

  private interface Get {
    HttpAnswer get() throws IOException, InterruptedException;
  }

  private Downloaded fetch(Get get, Progress progress) throws InterruptedException {
    HttpReader reader = new HttpReader() {
      @Override
      public HttpAnswer get(URI uri, Map<String, String> headers)
          throws IOException, InterruptedException {
        assertEquals(LINK, uri);
        return get.get();
      }

      @Override
      public void close() {}
    };
    try (HttpDownloader downloader = new HttpDownloader(
        HostPolicy.nothing().trust(LINK),
        Clock.systemUTC(),
        (hosts, patience) -> reader,
        DownloadLimits.usual())) {
      return downloader.fetch(
          FileReference.of(SignedLink.of(LINK.toString())),
          Part.at(folder.resolve("file")),
          progress);
    }
  }

  private Downloaded fetch(String length, Made.Body body) throws InterruptedException {
    return fetch(() -> new Made(length, body, () -> closed++), (soFar, inAll) -> {});
  }

  private static int endless(ByteBuffer target) {
    int length = target.remaining();
    target.position(target.limit());
    return length;
  }

  @Test
  void anInterruptInAnyDisguiseIsAnInterrupt() {
    var disguises = new IOException[] {
      new ClosedByInterruptException(),
      new InterruptedIOException("the lease was interrupted"),
      new IOException("TLS failed", new ClosedByInterruptException())
    };
    for (IOException disguise : disguises) {
      Get failing = () -> {
        throw disguise;
      };
      assertThrows(InterruptedException.class, () -> fetch(failing, (soFar, inAll) -> {}));
      assertThrows(
          InterruptedException.class,
          () -> fetch("100", target -> {
            throw disguise;
          }));
    }
    assertEquals(disguises.length, closed);
  }

  @Test
  void aFailureWithTheInterruptStatusSetIsAnInterrupt() {
    assertThrows(
        InterruptedException.class,
        () -> fetch("100", target -> {
          Thread.currentThread().interrupt();
          throw new IOException("Socket closed");
        }));
    assertFalse(Thread.interrupted(), "told by the exception");
  }

  @Test
  void anInterruptWhileTheFileIsWrittenIsNoFailureOfTheSpool() {
    Get endless = () -> new Made("4000000", HttpDownloaderReaderTest::endless, () -> closed++);
    assertThrows(
        InterruptedException.class,
        () -> fetch(endless, (soFar, inAll) -> Thread.currentThread().interrupt()));
    assertFalse(Thread.interrupted(), "told by the exception");
    assertEquals(1, closed);
  }

  @Test
  void aBodyOfAnotherLengthThanAnnouncedIsNamed() {
    int[] left = {2};
    FetchException refused = assertThrows(
        FetchException.class,
        () -> fetch("1000000", target -> left[0]-- > 0 ? endless(target) : -1));
    assertEquals(Reason.LENGTH_MISMATCH, refused.reason());
    assertTrue(refused.retryable());
  }

  @Test
  void aFileThatIsTooLargeIsRefusedBeforeItIsRead() {
    FetchException refused = assertThrows(
        FetchException.class,
        () -> fetch(Long.toString(65L << 30), target -> {
          throw new AssertionError("was read");
        }));
    assertEquals(Reason.TOO_LARGE, refused.reason());
    assertFalse(refused.retryable());
    assertEquals(1, closed);
  }

  @Test
  void aLengthThatIsNoneIsTakenForUnknown() throws Exception {
    for (String length : new String[] {"-1", "many", "99999999999999999999", ""}) {
      int[] left = {3};
      assertEquals(
          3L * 256 * 1024,
          fetch(length, target -> left[0]-- > 0 ? endless(target) : -1).length());
    }
  }
}
