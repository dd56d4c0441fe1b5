package dev.landfall.bench.s3;

import dev.landfall.bench.download.FileServer;
import dev.landfall.bench.download.Installed;
import dev.landfall.bench.download.Nginx;
import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Child;
import dev.landfall.bench.frame.Command;
import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Subject;
import dev.landfall.bench.frame.Usage;
import dev.landfall.bench.load.EventIds;
import dev.landfall.bench.load.ExportEvent;
import dev.landfall.bench.load.Senders;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How fast one large file comes from its link to an object in S3, beside {@code rclone copyurl} and
 * Camel.
 *
 * <p>nginx has the file, s3proxy the bucket. Virtual machines have landed another file before. At
 * the end of a turn the object must have every byte of the file.
 */
public final class S3Large implements Case {

  static final Metric SPEED = Metric.rate("speed", "MB/s");

  private static final String LANDFALL = "landfall";
  private static final String RCLONE = "rclone";
  private static final String CAMEL = "camel";

  private static final String WARM_UP = "warm-up.csv";
  private static final String COUNTED = "large.csv";
  private static final int BLOCK = 1 << 20;
  private static final double BYTES_PER_MB = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Usage NOTHING = new Usage(OptionalDouble.empty(), OptionalDouble.of(0));

  private final Size size;
  private final FileServer.Starter starter;
  private @Nullable FileServer files;
  private @Nullable S3Proxy server;
  private long events;

  /** Creates the case as it is measured: 1 GiB, after 256 MiB to warm up. */
  public S3Large() {
    this(new Size(3, 256L << 20, 1L << 30), Nginx::start);
  }

  S3Large(Size size, FileServer.Starter starter) {
    this.size = size;
    this.starter = starter;
  }

  @Override
  public String name() {
    return "s3-large";
  }

  @Override
  public String description() {
    return "one file of 1 GiB from nginx to an object in S3, beside rclone and Camel";
  }

  @Override
  public int rounds() {
    return size.rounds();
  }

  @Override
  public List<Subject> subjects(Path folder) throws IOException {
    String rclone = Installed.require("rclone");
    Path served = Files.createDirectory(folder.resolve("files"));
    FileServer files = starter.start(served);
    this.files = files;
    S3Proxy server = S3Proxy.start(Files.createDirectory(folder.resolve("s3proxy")));
    this.server = server;
    make(served.resolve(WARM_UP), size.warmUp());
    make(served.resolve(COUNTED), size.counted());
    String endpoint = server.endpoint().toString();
    return List.of(
        new Subject(
            LANDFALL,
            own -> byService(
                own,
                new Place(served, files.address(), server),
                LandfallProgram.class,
                endpoint,
                files.address().toString())),
        new Subject(
            RCLONE, own -> byRclone(own, new Place(served, files.address(), server), rclone)),
        new Subject(
            CAMEL,
            own -> byService(
                own,
                new Place(served, files.address(), server),
                CamelProgram.class,
                endpoint,
                CamelProgram.Way.STREAMED.name())));
  }

  /** Where files are, as such and by their links, and where they go to. */
  private record Place(Path served, URI files, S3Proxy server) {}

  /** Of random bytes; on disk at the end, where it would slow the first turns down otherwise. */
  private static void make(Path file, long length) throws IOException {
    RandomGenerator bytes = new SplittableRandom(length);
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = length; left > 0; left -= block.length) {
        bytes.nextBytes(block);
        out.write(block, 0, (int) Math.min(left, block.length));
      }
    }
  }

  private Measured byService(Path folder, Place place, Class<?> program, String... more)
      throws IOException, InterruptedException {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "1";
    arguments[1] = "2";
    System.arraycopy(more, 0, arguments, 2, more.length);
    try (Service service = Service.start(program, folder, place.server(), arguments)) {
      String warmUp = post(service.events(), place.files(), WARM_UP);
      service.landed(1);
      service.begin();
      long begin = System.nanoTime();
      String counted = post(service.events(), place.files(), COUNTED);
      long took = service.landed(2) - begin;
      Measured measured = service.end(speed(took));
      place
          .server()
          .bucket()
          .require(Map.of(
              warmUp, place.served().resolve(WARM_UP), counted, place.served().resolve(COUNTED)));
      place.server().bucket().empty();
      return measured;
    }
  }

  /** Posts an event and tells what its object will be called. */
  private String post(URI endpoint, URI files, String path) throws IOException {
    events++;
    EventIds ids = new EventIds(events);
    try (Senders sender = Senders.connect(1, endpoint, ExportEvent.bytes(files, path), ids)) {
      var unused = sender.post(1, Service.LONGEST);
    }
    return ids.id(0) + ".CSV";
  }

  private Measured speed(long nanos) {
    return Measured.nothing()
        .with(SPEED, size.counted() / BYTES_PER_MB / (nanos / NANOS_PER_SECOND));
  }

  /** From its start to its end, without the settings of whoever runs this. */
  private Measured byRclone(Path folder, Place place, String rclone)
      throws IOException, InterruptedException {
    Command command = Command.of(
        "env",
        // It refuses to start when this names what is not a bundle of its kind.
        "--unset=AWS_CA_BUNDLE",
        "--unset=http_proxy",
        "--unset=HTTP_PROXY",
        "RCLONE_CONFIG_S3_TYPE=s3",
        "RCLONE_CONFIG_S3_PROVIDER=Other",
        "RCLONE_CONFIG_S3_ENDPOINT=" + place.server().endpoint(),
        "RCLONE_CONFIG_S3_REGION=" + S3Proxy.REGION,
        "RCLONE_CONFIG_S3_ACCESS_KEY_ID=" + S3Proxy.KEY,
        "RCLONE_CONFIG_S3_SECRET_ACCESS_KEY=" + S3Proxy.SECRET,
        rclone,
        "--config=" + folder.resolve("rclone.conf"),
        "--quiet",
        "copyurl",
        ExportEvent.link(place.files(), COUNTED),
        "s3:" + S3Proxy.BUCKET + "/" + COUNTED);
    Usage serverBefore = place.server().usage();
    Child.Done done = Child.run(command, folder, Service.LONGEST);
    Usage serverAfter = place.server().usage();
    place.server().bucket().require(Map.of("LARGE.CSV", place.served().resolve(COUNTED)));
    place.server().bucket().empty();
    return Service.withCosts(
        speed(done.took().toNanos()), NOTHING, done.usage(), serverBefore, serverAfter);
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        Comparison.of(LANDFALL, RCLONE, SPEED),
        Comparison.of(LANDFALL, RCLONE, Service.CPU).called("CPU"),
        Comparison.of(LANDFALL, CAMEL, SPEED),
        Comparison.of(LANDFALL, CAMEL, Service.CPU).called("CPU"));
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    if (files != null) {
      files.close();
    }
  }
}
