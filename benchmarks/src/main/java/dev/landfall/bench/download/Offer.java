package dev.landfall.bench.download;

import dev.landfall.bench.frame.Child;
import dev.landfall.bench.frame.Command;
import dev.landfall.bench.frame.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Files on a server, and turns in which they are fetched. */
final class Offer implements AutoCloseable {

  /** Of every virtual machine that fetches. */
  private static final String HEAP = "64m";

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Usage NOTHING = new Usage(OptionalDouble.empty(), OptionalDouble.of(0));

  private final Size size;
  private final Path served;
  private final FileServer server;

  private Offer(Size size, Path served, FileServer server) {
    this.size = size;
    this.served = served;
    this.server = server;
  }

  /**
   * Makes the files and starts the server.
   *
   * @param size how many files, how long
   * @param folder where they lie
   * @param starter starts the server
   * @return the offer, to be closed
   * @throws IOException if one of them fails
   */
  static Offer open(Size size, Path folder, FileServer.Starter starter) throws IOException {
    // First the server, which may not be installed; files take a while.
    FileServer server = starter.start(folder);
    try {
      size.warmUp().make(folder);
      size.counted().make(folder);
      return new Offer(size, folder, server);
    } catch (IOException failure) {
      server.close();
      throw failure;
    }
  }

  /**
   * Lets a virtual machine fetch, first to warm up.
   *
   * @param folder of the turn; has what was fetched at the end
   * @param program a {@link Fetcher} that is given the server's address, how many files to fetch at
   *     once, and more
   * @param more arguments
   * @return what was measured
   * @throws IOException if not every file was fetched byte for byte
   * @throws InterruptedException if the run is broken off
   */
  Fetched by(Path folder, Class<?> program, String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add(server.address().toString());
    arguments.add(Integer.toString(size.atOnce()));
    arguments.addAll(List.of(more));
    Command command = Command.java(program, HEAP, arguments.toArray(new String[0]));
    try (Child child = Child.start(command, folder)) {
      fetch(child, size.warmUp());
      Usage before = child.usage();
      long begin = System.nanoTime();
      long end = fetch(child, size.counted()).nanos();
      Fetched fetched =
          new Fetched(size.counted(), Duration.ofNanos(end - begin), before, child.end());
      size.counted().requireWhole(served, folder.resolve(Fetcher.FETCHED));
      return fetched;
    }
  }

  private static Child.Line fetch(Child child, Batch batch)
      throws IOException, InterruptedException {
    child.send(batch.line());
    return child.next(LONGEST);
  }

  /**
   * Lets curl fetch, from its start to its end.
   *
   * @param folder of the turn; has what was fetched at the end
   * @param curl where the program is
   * @return what was measured
   * @throws IOException if the file was not fetched byte for byte
   * @throws InterruptedException if the run is broken off
   */
  Fetched byCurl(Path folder, String curl) throws IOException, InterruptedException {
    Batch batch = size.counted();
    Path target = batch.file(folder.resolve(Fetcher.FETCHED), 0);
    Files.createDirectories(target.getParent());
    // Without the settings of whoever runs this, whose proxy would not find this machine.
    Command command = Command.of(
        curl,
        "--disable",
        "--noproxy",
        "*",
        "--silent",
        "--show-error",
        "--fail",
        "-o",
        target.toString(),
        batch.link(server.address(), 0));
    Child.Done done = Child.run(command, folder, LONGEST);
    batch.requireWhole(served, folder.resolve(Fetcher.FETCHED));
    return new Fetched(batch, done.took(), NOTHING, done.usage());
  }

  @Override
  public void close() {
    server.close();
  }
}
