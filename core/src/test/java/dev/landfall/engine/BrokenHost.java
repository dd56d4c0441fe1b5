package dev.landfall.engine;

import dev.landfall.download.DownloadLimits;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.HttpAnswer;
import dev.landfall.download.HttpDownloader;
import dev.landfall.download.HttpReader;
import dev.landfall.download.Part;
import dev.landfall.download.Progress;
import dev.landfall.download.Version;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** A storage that breaks off after so many zeros of a file. */
record BrokenHost(Version version, int bytes) implements HttpReader {

  private static final String LINK = "http://127.0.0.1:9/f.csv";

  /** Lets a download go as far as it comes. */
  void breaksOff(Part part, Progress progress) throws InterruptedException {
    try (var downloader = new HttpDownloader(
        HostPolicy.nothing().trust(URI.create(LINK)),
        Clock.systemUTC(),
        (hosts, patience) -> this,
        DownloadLimits.usual())) {
      downloader.fetch(FileReference.of(SignedLink.of(LINK)), part, progress);
      throw new AssertionError("It has not broken off.");
    } catch (FetchException brokenOff) {
      if (brokenOff.getCause() == null) {
        throw brokenOff;
      }
    }
  }

  @Override
  public HttpAnswer get(URI uri, Map<String, String> headers) {
    ByteBuffer left = ByteBuffer.allocate(bytes);
    return new HttpAnswer() {
      @Override
      public int status() {
        return 200;
      }

      @Override
      public Optional<String> header(String name) {
        return switch (name) {
          case "ETag" -> version.tag();
          case "Content-MD5" -> version.md5();
          case "Content-Length" ->
            version.length() < 0 ? Optional.empty() : Optional.of(Long.toString(version.length()));
          default -> Optional.empty();
        };
      }

      @Override
      public int read(ByteBuffer target) throws IOException {
        if (!left.hasRemaining()) {
          throw new IOException("Connection reset");
        }
        int taken = Math.min(left.remaining(), target.remaining());
        target.put(left.slice().limit(taken));
        left.position(left.position() + taken);
        return taken;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}
}
