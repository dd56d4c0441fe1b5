package dev.landfall.bench.rows;

import dev.landfall.bench.download.FileServer;
import dev.landfall.bench.frame.Child;
import dev.landfall.bench.frame.Command;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Usage;
import dev.landfall.bench.load.EventIds;
import dev.landfall.bench.load.ExportEvent;
import dev.landfall.bench.load.Senders;
import dev.landfall.bench.peer.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Files on a server, a database, and turns in which one is loaded into the other. */
final class Loading implements AutoCloseable {

  static final Metric TIME = Metric.cost("time", "s");
  static final Metric CPU = Metric.cost("CPU meanwhile", "s");

  /** Of every virtual machine that loads. */
  private static final String HEAP = "256m";

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final double NANOS_PER_SECOND = 1e9;

  private static final String WARM_UP = "warm-up";
  private static final String COUNTED = "counted";

  /** Without the settings of whoever runs this. */
  private static final String PIPE =
      "curl --disable --noproxy '*' --silent --show-error --fail \"$1\""
          + " | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --single-transaction --dbname \"$2\"";

  private final Size size;
  private final FileServer server;
  private final Postgres database;
  private final Content warmUp;
  private final Content counted;
  private long events;

  private Loading(
      Size size, FileServer server, Postgres database, Content warmUp, Content counted) {
    this.size = size;
    this.server = server;
    this.database = database;
    this.warmUp = warmUp;
    this.counted = counted;
  }

  /** Tells a subject which file to load; what it then says is its answer. */
  @FunctionalInterface
  private interface Teller {
    void tell(String path) throws IOException;
  }

  /**
   * Makes the files and starts both servers.
   *
   * @param size how many rows
   * @param folder where all of it lies
   * @param starter starts the server of the files
   * @param charsets of the files
   * @return the turns, to be closed
   * @throws IOException if one of them fails
   */
  static Loading open(Size size, Path folder, FileServer.Starter starter, List<Charset> charsets)
      throws IOException {
    Path files = Files.createDirectories(folder.resolve("files"));
    // First the server, which may not be installed; files take a while.
    FileServer server = starter.start(files);
    try {
      Content warmUp = new Content();
      Content counted = new Content();
      for (Charset charset : charsets) {
        warmUp = Invoices.write(size.warmUp(), charset, files.resolve(name(WARM_UP, charset)));
        counted = Invoices.write(size.counted(), charset, files.resolve(name(COUNTED, charset)));
      }
      Postgres database = Postgres.start(folder.resolve("postgres"));
      return new Loading(size, server, database, warmUp, counted);
    } catch (IOException failure) {
      server.close();
      throw failure;
    }
  }

  private static String name(String file, Charset charset) {
    return "%s-%s.csv".formatted(file, charset.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Lets psql load what curl fetches, from the start of both to their end: by a copy into a new
   * table, or by one that is then merged.
   *
   * @param folder of the turn
   * @param mode what becomes of rows that are there
   * @return what was measured; the shell that is started uses nothing itself
   * @throws IOException if not exactly the rows of the file are there
   * @throws InterruptedException if the run is broken off
   */
  Measured byPsql(Path folder, Mode mode) throws IOException, InterruptedException {
    InvoiceTable table = InvoiceTable.create(database, mode);
    table.prepare(size.counted());
    String commands = InvoiceTable.psql(mode).stream()
        .map(command -> " --command '" + command + "'")
        .collect(Collectors.joining());
    String link = link(name(COUNTED, StandardCharsets.UTF_8));
    String uri = database.url().substring("jdbc:".length());
    Command pipe = Command.of("sh", "-c", PIPE + commands, "sh", link, uri);
    Child.Done done = Child.run(pipe, folder, LONGEST);
    table.require(counted);
    return Measured.nothing().with(TIME, done.took().toNanos() / NANOS_PER_SECOND);
  }

  /**
   * Lets a peer load, first to warm up.
   *
   * @param folder of the turn
   * @param program a {@link Loader} that is given where the database is, and the mode
   * @param mode what becomes of rows that are there
   * @return what was measured
   * @throws IOException if not exactly the rows of the file are there
   * @throws InterruptedException if the run is broken off
   */
  Measured byPeer(Path folder, Class<?> program, Mode mode)
      throws IOException, InterruptedException {
    InvoiceTable table = InvoiceTable.create(database, mode);
    String url = database.url() + "&reWriteBatchedInserts=true";
    try (Child child = Child.start(Command.java(program, HEAP, url, mode.name()), folder)) {
      return measured(table, child, StandardCharsets.UTF_8, path -> child.send(link(path)));
    }
  }

  private String link(String path) {
    return ExportEvent.link(server.address(), path);
  }

  /**
   * Lets Landfall load, first to warm up.
   *
   * @param folder of the turn
   * @param mode what becomes of rows that are there
   * @param charset of the file
   * @return what was measured
   * @throws IOException if not exactly the rows of the file are there
   * @throws InterruptedException if the run is broken off
   */
  Measured byLandfall(Path folder, Mode mode, Charset charset)
      throws IOException, InterruptedException {
    InvoiceTable table = InvoiceTable.create(database, mode);
    Command command = Command.java(
        LandfallProgram.class, HEAP, server.address().toString(), database.url(), mode.name());
    try (Child child = Child.start(command, folder)) {
      URI webhook = URI.create(child.next(LONGEST).text());
      return measured(table, child, charset, path -> post(webhook, path));
    }
  }

  private void post(URI webhook, String path) throws IOException {
    events++;
    byte[] event = ExportEvent.bytes(server.address(), path);
    try (Senders sender = Senders.connect(1, webhook, event, new EventIds(events))) {
      var unused = sender.post(1, LONGEST);
    }
  }

  private Measured measured(InvoiceTable table, Child child, Charset charset, Teller teller)
      throws IOException, InterruptedException {
    table.prepare(size.warmUp());
    teller.tell(name(WARM_UP, charset));
    loaded(child);
    table.require(warmUp);
    table.prepare(size.counted());
    Usage before = child.usage();
    long begin = System.nanoTime();
    teller.tell(name(COUNTED, charset));
    double took = (loaded(child) - begin) / NANOS_PER_SECOND;
    Usage after = child.end();
    table.require(counted);
    return measured(took, before, after);
  }

  private static long loaded(Child child) throws IOException, InterruptedException {
    Child.Line line = child.next(LONGEST);
    if (!line.text().equals(Loader.LOADED)) {
      throw new IOException("A file was to be loaded; instead: " + line.text());
    }
    return line.nanos();
  }

  private static Measured measured(double seconds, Usage before, Usage after) {
    Measured measured = Measured.nothing().with(TIME, seconds);
    if (before.cpuSeconds().isPresent() && after.cpuSeconds().isPresent()) {
      measured = measured.with(
          CPU, after.cpuSeconds().getAsDouble() - before.cpuSeconds().getAsDouble());
    }
    return after.peakMib().isPresent()
        ? measured.with(Metric.PEAK_MEMORY, after.peakMib().getAsDouble())
        : measured;
  }

  @Override
  public void close() {
    server.close();
    try {
      database.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
