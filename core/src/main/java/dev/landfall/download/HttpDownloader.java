package dev.landfall.download;

import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Fetches a file over HTTP into a local file.
 *
 * <p>For any number of threads; each call blocks its thread until the file is complete. A signed
 * link is fetched without credentials, byte for byte as it was spelled. Redirects are not followed
 * and no proxy is taken from the environment. Memory does not grow with the file. What is fetched
 * of a large file is digested on a thread beside, one for each such download.
 *
 * <p>A body that breaks off is asked for again at once, from where it stopped and of the same
 * version only ({@code Range} and {@code If-Match}), as long as each answer brings a good piece. A
 * host that gives no strong {@code ETag} is asked from the beginning, by the next call. The length
 * and the MD5 of the file are compared if the host tells them.
 */
public final class HttpDownloader implements Downloader, AutoCloseable {

  private final HostPolicy hosts;
  private final HttpReader reader;
  private final Clock clock;
  private final DownloadLimits limits;
  private final Pace pace;

  /** What still goes on when the downloader is closed digests on its own thread. */
  private final ExecutorService digester = new ThreadPoolExecutor(
      0,
      Integer.MAX_VALUE,
      10,
      TimeUnit.SECONDS,
      new SynchronousQueue<>(),
      work -> {
        Thread thread = new Thread(work, "landfall-download-digest");
        thread.setDaemon(true);
        return thread;
      },
      (late, closed) -> late.run());

  /**
   * Creates a downloader that reads with {@link JdkHttpReader} within the
   * {@linkplain DownloadLimits#usual usual limits}.
   *
   * @param hosts which links may be followed
   * @param clock tells whether a link is still alive
   */
  public HttpDownloader(HostPolicy hosts, Clock clock) {
    this(hosts, clock, JdkHttpReader::open, DownloadLimits.usual());
  }

  /**
   * Creates a downloader.
   *
   * @param hosts which links may be followed
   * @param clock tells whether a link is still alive, and how long a download takes
   * @param opener opens what asks for them, to be closed with the downloader
   * @param limits what a download may cost
   */
  public HttpDownloader(
      HostPolicy hosts, Clock clock, HttpReader.Opener opener, DownloadLimits limits) {
    this.hosts = hosts;
    this.reader = opener.open(hosts, limits.patience());
    this.clock = clock;
    this.limits = limits;
    this.pace = Pace.of(limits.bytesPerSecond());
  }

  @Override
  public Downloaded fetch(FileReference reference, Part part, Progress progress)
      throws InterruptedException {
    URI uri = SignedLink.of(reference.url()).toUri();
    hosts.check(uri);
    Download.requireAlive(reference, clock.instant());
    try (PartWriter writer = PartWriter.open(part, digester)) {
      Watch watch = new Watch(part, clock, limits, pace, progress);
      return new Download(reader, reference, uri, writer, watch).run();
    } catch (IOException closing) {
      throw PartWriter.unwritable(part, closing);
    }
  }

  /** Closes its reader; to be called after the last download. */
  @Override
  public void close() {
    reader.close();
    digester.shutdown();
  }
}
