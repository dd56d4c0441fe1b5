package dev.landfall.bench.s3;

import dev.landfall.bench.frame.Child;
import dev.landfall.bench.frame.Command;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Usage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;

/** A subject that takes events over HTTP and tells what has landed, and what it costs meanwhile. */
final class Service implements AutoCloseable {

  static final Metric CPU = Metric.cost("CPU meanwhile", "s");
  static final Metric SERVER_CPU = Metric.cost("CPU of the server", "s");

  /** How long anything may take at most. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  private static final String HEAP = "256m";

  private final Child child;
  private final S3Proxy server;
  private final URI events;
  private Usage before;
  private Usage serverBefore;

  private Service(Child child, S3Proxy server, URI events) {
    this.child = child;
    this.server = server;
    this.events = events;
    this.before = child.usage();
    this.serverBefore = server.usage();
  }

  /**
   * Starts it.
   *
   * @param program a class that tells where it takes events, and then how many have landed
   * @param folder of the turn
   * @param server where objects land
   * @param arguments of the program
   * @return the service, to be closed
   * @throws IOException if it does not start
   * @throws InterruptedException if the run is broken off
   */
  static Service start(Class<?> program, Path folder, S3Proxy server, String... arguments)
      throws IOException, InterruptedException {
    Child child = Child.start(Command.java(program, HEAP, arguments), folder);
    try {
      return new Service(child, server, URI.create(child.next(LONGEST).text()));
    } catch (IOException | InterruptedException failure) {
      child.close();
      throw failure;
    }
  }

  /** {@return where it takes events} */
  URI events() {
    return events;
  }

  /** From here on its costs count. */
  void begin() {
    before = child.usage();
    serverBefore = server.usage();
  }

  /** {@return when so many had landed} */
  long landed(int count) throws IOException, InterruptedException {
    Child.Line line = child.next(LONGEST);
    if (!line.text().equals(Integer.toString(count))) {
      throw new IOException("%d were to land, not: %s".formatted(count, line.text()));
    }
    return line.nanos();
  }

  /** {@return the same with what it cost since the beginning; it is no more} */
  Measured end(Measured measured) throws IOException, InterruptedException {
    Usage serverAfter = server.usage();
    Usage after = child.end();
    return withCosts(measured, before, after, serverBefore, serverAfter);
  }

  /** {@return the same with costs, as far as the system told} */
  static Measured withCosts(
      Measured measured, Usage before, Usage after, Usage serverBefore, Usage serverAfter) {
    Measured more = with(measured, CPU, before.cpuSeconds(), after.cpuSeconds());
    more = with(more, SERVER_CPU, serverBefore.cpuSeconds(), serverAfter.cpuSeconds());
    return after.peakMib().isPresent()
        ? more.with(Metric.PEAK_MEMORY, after.peakMib().getAsDouble())
        : more;
  }

  private static Measured with(
      Measured measured, Metric metric, OptionalDouble before, OptionalDouble after) {
    return before.isPresent() && after.isPresent()
        ? measured.with(metric, after.getAsDouble() - before.getAsDouble())
        : measured;
  }

  @Override
  public void close() {
    child.close();
  }
}
