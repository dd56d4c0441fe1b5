package dev.landfall.bench.s3;

import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Subject;
import dev.landfall.bench.landing.Storage;
import dev.landfall.bench.load.EventIds;
import dev.landfall.bench.load.ExportEvent;
import dev.landfall.bench.load.Senders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How many small exports a second become objects in S3, from the first event posted to the last
 * object stored, from senders that post their next event when the last was answered.
 *
 * <p>A server in this process has the file, s3proxy the bucket. At the end of a turn every object
 * must be there, byte for byte.
 */
public final class S3Small implements Case {

  static final Metric RATE = Metric.rate("rate", "1/s");

  private static final String LANDFALL = "landfall";
  private static final String CAMEL = "camel";
  private static final String CAMEL_WITHIN_REQUEST = "camel-within-request";
  private static final String SDK = "sdk";

  /** In bytes. */
  private static final int LENGTH = 10 * 1024;

  private static final double NANOS_PER_SECOND = 1e9;

  private final Pace pace;
  private @Nullable Storage files;
  private @Nullable S3Proxy server;
  private long turns;

  /** Creates the case as it is measured: 8 senders, 30,000 events to warm up, 10,000 that count. */
  public S3Small() {
    this(new Pace(3, 8, 30_000, 10_000));
  }

  S3Small(Pace pace) {
    this.pace = pace;
  }

  @Override
  public String name() {
    return "s3-small";
  }

  @Override
  public String description() {
    return "from events posted to objects of 10 KB in S3, beside Camel";
  }

  @Override
  public int rounds() {
    return pace.rounds();
  }

  @Override
  public List<Subject> subjects(Path folder) throws IOException {
    byte[] bytes = new byte[LENGTH];
    new SplittableRandom(LENGTH).nextBytes(bytes);
    Path file = Files.write(folder.resolve("small.csv"), bytes);
    Storage files = Storage.of(bytes);
    this.files = files;
    S3Proxy server = S3Proxy.start(Files.createDirectory(folder.resolve("s3proxy")));
    this.server = server;
    Place place = new Place(file, files, server);
    return List.of(
        new Subject(
            LANDFALL,
            own -> turn(own, place, LandfallProgram.class, files.address().toString())),
        new Subject(
            CAMEL, own -> turn(own, place, CamelProgram.class, CamelProgram.Way.QUEUED.name())),
        new Subject(
            CAMEL_WITHIN_REQUEST,
            own -> turn(own, place, CamelProgram.class, CamelProgram.Way.WITHIN_REQUEST.name())),
        new Subject(SDK, own -> bySdk(own, place)));
  }

  /** The file, who offers it, and where it goes to. */
  private record Place(Path file, Storage files, S3Proxy server) {}

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        Comparison.of(LANDFALL, CAMEL, RATE),
        Comparison.of(LANDFALL, CAMEL, Service.CPU).called("CPU"),
        Comparison.of(LANDFALL, CAMEL_WITHIN_REQUEST, RATE),
        Comparison.of(SDK, CAMEL, RATE));
  }

  private Measured turn(Path folder, Place place, Class<?> program, String last)
      throws IOException, InterruptedException {
    turns++;
    EventIds ids = new EventIds(turns);
    int all = pace.warmUp() + pace.events();
    try (Service service = Service.start(
            program,
            folder,
            place.server(),
            Integer.toString(pace.warmUp()),
            Integer.toString(all),
            place.server().endpoint().toString(),
            last);
        Senders senders = Senders.connect(
            pace.senders(), service.events(), ExportEvent.bytes(place.files().address()), ids)) {
      var unused = senders.post(pace.warmUp(), Service.LONGEST);
      service.landed(pace.warmUp());
      service.begin();
      long begin = System.nanoTime();
      var answered = senders.post(pace.events(), Service.LONGEST);
      long took = service.landed(all) - begin;
      Measured measured =
          service.end(Measured.nothing().with(RATE, answered.count() / (took / NANOS_PER_SECOND)));
      requireObjects(place, ids);
      return measured;
    }
  }

  /** Stores as many objects by the vendor's client alone. */
  private Measured bySdk(Path folder, Place place) throws IOException, InterruptedException {
    turns++;
    try (Service service = Service.start(
        SdkProgram.class,
        folder,
        place.server(),
        Integer.toString(pace.warmUp()),
        Integer.toString(pace.warmUp() + pace.events()),
        place.server().endpoint().toString(),
        place.file().toString(),
        Integer.toString(pace.senders()),
        Long.toString(turns))) {
      long begin = service.landed(pace.warmUp());
      service.begin();
      long took = service.landed(pace.warmUp() + pace.events()) - begin;
      Measured measured =
          service.end(Measured.nothing().with(RATE, pace.events() / (took / NANOS_PER_SECOND)));
      requireObjects(place, new EventIds(turns));
      return measured;
    }
  }

  /** Takes the objects away, of which there must be one for each event. */
  private void requireObjects(Place place, EventIds ids) throws IOException {
    Map<String, Path> expected = new HashMap<>();
    for (long number = 0; number < pace.warmUp() + pace.events(); number++) {
      expected.put(ids.id(number) + ".CSV", place.file());
    }
    place.server().bucket().require(expected);
    place.server().bucket().empty();
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
