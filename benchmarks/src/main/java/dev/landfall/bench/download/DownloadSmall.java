package dev.landfall.bench.download;

import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many small files a second are fetched to disk, 8 at a time, beside Camel's {@code http} to
 * {@code file}.
 *
 * <p>nginx has the files, each with bytes of its own, which are compared at the end of a turn. Each
 * subject is a virtual machine with a small heap that has fetched others before.
 */
public final class DownloadSmall implements Case {

  static final Metric RATE = Metric.rate("rate", "1/s");

  private static final String LANDFALL = "landfall";
  private static final String LANDFALL_JDK = "landfall-jdk";
  private static final String CAMEL = "camel";

  /** In bytes. */
  private static final int LENGTH = 10 * 1024;

  private final Size size;
  private final FileServer.Starter server;
  private @Nullable Offer offer;

  /** Creates the case as it is measured: 20,000 files to warm up, 10,000 that count. */
  public DownloadSmall() {
    this(
        new Size(7, 8, new Batch("warm-up", 20_000, LENGTH), new Batch("small", 10_000, LENGTH)),
        Nginx::start);
  }

  DownloadSmall(Size size, FileServer.Starter server) {
    this.size = size;
    this.server = server;
  }

  @Override
  public String name() {
    return "download-small";
  }

  @Override
  public String description() {
    return "10,000 files of 10 KB from nginx to disk, 8 at a time, beside Camel";
  }

  @Override
  public int rounds() {
    return size.rounds();
  }

  @Override
  public List<Subject> subjects(Path folder) throws IOException {
    Offer files = Offer.open(size, folder, server);
    offer = files;
    return List.of(
        new Subject(LANDFALL, own -> rated(files.by(own, LandfallProgram.class, "apache"))),
        new Subject(LANDFALL_JDK, own -> rated(files.by(own, LandfallProgram.class, "jdk"))),
        new Subject(CAMEL, own -> rated(files.by(own, CamelProgram.class))));
  }

  private static Measured rated(Fetched fetched) {
    return fetched.with(RATE, fetched.filesPerSecond());
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        Comparison.of(LANDFALL, CAMEL, RATE),
        Comparison.of(LANDFALL, CAMEL, Fetched.CPU).called("CPU"),
        Comparison.of(LANDFALL_JDK, CAMEL, RATE),
        Comparison.of(LANDFALL_JDK, CAMEL, Fetched.CPU).called("CPU"));
  }

  @Override
  public void close() {
    if (offer != null) {
      offer.close();
    }
  }
}
