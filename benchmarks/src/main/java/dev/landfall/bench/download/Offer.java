package dev.landfall.bench.download;

import dev.landfall.bench.frame.Child;
import dev.landfall.bench.frame.Command;
import dev.landfall.bench.frame.Usage;
import dev.landfall.file.Sha256;
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
  private static final Usage UNKNOWN = new Usage(OptionalDouble.empty(), OptionalDouble.empty());

  /**
   * Its arguments are the file, the program that digests, and the one that fetches with its own.
   */
  private static final String DIGESTING =
      "to=$1 digest=$2; shift 2; \"$@\" | tee \"$to\" | \"$digest\" dgst -sha256 -r";

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
    List<String> words = curl(curl);
    words.addAll(List.of("-o", target(folder).toString()));
    Child.Done done = Child.run(new Command(words), folder, LONGEST);
    size.counted().requireWhole(served, folder.resolve(Fetcher.FETCHED));
    return new Fetched(size.counted(), done.took(), NOTHING, done.usage());
  }

  /**
   * Lets curl fetch, {@code tee} write and openssl make the SHA-256 of what comes, side by side,
   * from their start to their end.
   *
   * @param folder of the turn; has what was fetched at the end
   * @param curl where the program is
   * @param openssl where the program is
   * @return what was measured; what they used is not known
   * @throws IOException if the file was not fetched byte for byte, or its digest is wrong
   * @throws InterruptedException if the run is broken off
   */
  Fetched byCurlWithDigest(Path folder, String curl, String openssl)
      throws IOException, InterruptedException {
    Path target = target(folder);
    List<String> words =
        new ArrayList<>(List.of("sh", "-c", DIGESTING, "sh", target.toString(), openssl));
    words.addAll(curl(curl));
    Child.Done done = Child.run(new Command(words), folder, LONGEST);
    size.counted().requireWhole(served, folder.resolve(Fetcher.FETCHED));
    String digest = Sha256.ofFile(target).hex();
    if (!String.join("", done.lines()).startsWith(digest)) {
      throw new IOException("The SHA-256 is %s; told was %s.".formatted(digest, done.lines()));
    }
    return new Fetched(size.counted(), done.took(), UNKNOWN, UNKNOWN);
  }

  /** {@return where the one file of a turn goes; its folder is there} */
  private Path target(Path folder) throws IOException {
    Path target = size.counted().file(folder.resolve(Fetcher.FETCHED), 0);
    Files.createDirectories(target.getParent());
    return target;
  }

  /** Without the settings of whoever runs this, whose proxy would not find this machine. */
  private List<String> curl(String curl) {
    String link = size.counted().link(server.address(), 0);
    return new ArrayList<>(
        List.of(curl, "--disable", "--noproxy", "*", "--silent", "--show-error", "--fail", link));
  }

  @Override
  public void close() {
    server.close();
  }
}
