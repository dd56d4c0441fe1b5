package dev.landfall.bench.download;

import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Folders;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast one large file is fetched to disk, beside the machine's {@code curl -o}, and beside
 * programs of the system that make its digest, too.
 *
 * <p>nginx has the file; each turn fetches it to a new one, which is compared and removed. Landfall
 * runs in a virtual machine with a small heap that has fetched another file before.
 */
public final class DownloadLarge implements Case {

  static final Metric SPEED = Metric.rate("speed", "MB/s");

  private static final String LANDFALL = "landfall";
  private static final String LANDFALL_JDK = "landfall-jdk";
  private static final String CURL = "curl";
  private static final String CURL_DIGEST = "curl-digest";

  private final Size size;
  private final FileServer.Starter server;
  private @Nullable Offer offer;

  /** Creates the case as it is measured: 2 GiB, after 256 MiB to warm up. */
  public DownloadLarge() {
    this(
        new Size(7, 1, new Batch("warm-up", 1, 256L << 20), new Batch("large", 1, 2L << 30)),
        Nginx::start);
  }

  DownloadLarge(Size size, FileServer.Starter server) {
    this.size = size;
    this.server = server;
  }

  @Override
  public String name() {
    return "download-large";
  }

  @Override
  public String description() {
    return "one file of 2 GiB from nginx to disk, beside curl";
  }

  @Override
  public int rounds() {
    return size.rounds();
  }

  @Override
  public List<Subject> subjects(Path folder) throws IOException {
    String curl = Installed.require("curl");
    String openssl = Installed.require("openssl");
    Offer files = Offer.open(size, folder, server);
    offer = files;
    return List.of(
        subject(LANDFALL, own -> files.by(own, LandfallProgram.class, "apache")),
        subject(LANDFALL_JDK, own -> files.by(own, LandfallProgram.class, "jdk")),
        subject(CURL, own -> files.byCurl(own, curl)),
        subject(CURL_DIGEST, own -> files.byCurlWithDigest(own, curl, openssl)));
  }

  @FunctionalInterface
  private interface Fetching {
    Fetched in(Path folder) throws IOException, InterruptedException;
  }

  /** A large file is removed at once: what is not yet on disk of it need not go there. */
  private static Subject subject(String name, Fetching fetching) {
    return new Subject(name, own -> {
      Fetched fetched = fetching.in(own);
      Measured measured = fetched.with(SPEED, fetched.megabytesPerSecond());
      Folders.remove(own.resolve(Fetcher.FETCHED));
      return measured;
    });
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        Comparison.of(LANDFALL, CURL, SPEED),
        Comparison.of(LANDFALL, CURL, Fetched.CPU).called("CPU"),
        Comparison.of(LANDFALL, CURL_DIGEST, SPEED),
        Comparison.of(CURL_DIGEST, CURL, SPEED),
        Comparison.of(LANDFALL_JDK, CURL, SPEED),
        Comparison.of(LANDFALL_JDK, CURL, Fetched.CPU).called("CPU"));
  }

  @Override
  public void close() {
    if (offer != null) {
      offer.close();
    }
  }
}
