package dev.landfall.bench.servicebus;

import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Child;
import dev.landfall.bench.frame.Command;
import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Subject;
import dev.landfall.bench.frame.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many messages a second are taken from a queue of Service Bus and completed, beside the
 * vendor's own {@code ServiceBusProcessorClient}.
 *
 * <p>The broker is the emulator, in a process of its own that serves all turns. It is filled, then
 * the subject starts; what it takes to start and the first messages do not count. Only the broker
 * sees what is completed, so its count and its clock are taken. At the end of a turn all must be
 * completed, none twice, and the queue empty.
 *
 * <p>Both are bound by the two cores and not by the broker, whose one thread is at work less than
 * half of the time; it takes a quarter of all processor time with Landfall, and less with the
 * processor. {@code landfall/sdk} should be 0.8 or more.
 */
public final class ServiceBus implements Case {

  static final Metric RATE = Metric.rate("rate", "1/s");
  static final Metric CPU = Metric.cost("CPU", "µs/message");
  static final Metric BROKER_CPU = Metric.cost("CPU of the broker", "µs/message");
  static final Metric BROKER_SHARE = Metric.cost("broker at work", "%");

  private static final String LANDFALL = "landfall";
  private static final String SDK = "sdk";
  private static final String HEAP = "256m";
  /** The default of Landfall's source, and what the processor is fastest with. */
  private static final String AT_ONCE = "64";

  private static final String PREFETCH = "200";

  private final Pace pace;
  private @Nullable Broker broker;

  /** Creates the case as it is measured: 40,000 messages to warm up and 80,000 that count. */
  public ServiceBus() {
    this(new Pace(5, 40_000, 80_000));
  }

  ServiceBus(Pace pace) {
    this.pace = pace;
  }

  @Override
  public String name() {
    return "servicebus";
  }

  @Override
  public String description() {
    return "messages of Service Bus taken and completed, beside the vendor's processor";
  }

  @Override
  public int rounds() {
    return pace.rounds();
  }

  @Override
  public List<Subject> subjects(Path folder) throws IOException {
    Broker server = Broker.start(folder);
    broker = server;
    String where = server.connectionString();
    return List.of(
        new Subject(
            LANDFALL,
            own -> turn(own, server, Command.java(LandfallProgram.class, HEAP, where, AT_ONCE))),
        new Subject(
            SDK,
            own ->
                turn(own, server, Command.java(SdkProgram.class, HEAP, where, AT_ONCE, PREFETCH))));
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        Comparison.of(LANDFALL, SDK, RATE), Comparison.of(LANDFALL, SDK, CPU).called("CPU"));
  }

  private Measured turn(Path folder, Broker server, Command command)
      throws IOException, InterruptedException {
    server.fill(pace.warmUp(), pace.messages());
    // Killed at the end: all is completed then, and the vendor's client closes for four seconds.
    try (Child child = Child.start(command, folder)) {
      Broker.Completed warm = server.completed();
      Usage before = child.usage();
      Usage serverBefore = server.usage();
      Broker.Completed all = server.completed();
      Usage after = child.usage();
      Usage serverAfter = server.usage();
      requireAll(pace.warmUp() + pace.messages(), all);
      double rate = all.perSecondSince(warm);
      double counted = all.messages() - warm.messages();
      double cpu = micros(before, after) / counted;
      double serverCpu = micros(serverBefore, serverAfter) / counted;
      Measured measured = Measured.nothing().with(RATE, rate);
      if (cpu > 0 && serverCpu > 0) {
        measured = measured
            .with(CPU, cpu)
            .with(BROKER_CPU, serverCpu)
            .with(BROKER_SHARE, serverCpu * rate / 1e4);
      }
      return after.peakMib().isPresent()
          ? measured.with(Metric.PEAK_MEMORY, after.peakMib().getAsDouble())
          : measured;
    }
  }

  static void requireAll(long sent, Broker.Completed completed) throws IOException {
    if (completed.messages() != sent || completed.there() != 0) {
      throw new IOException(
          "Every message is completed once; of %d there were %d, and %d are in the queue still."
              .formatted(sent, completed.messages(), completed.there()));
    }
  }

  /** {@return the time on all cores in between; 0 if the system does not tell} */
  private static double micros(Usage before, Usage after) {
    return (after.cpuSeconds().orElse(0) - before.cpuSeconds().orElse(0)) * 1e6;
  }

  @Override
  public void close() {
    if (broker != null) {
      broker.close();
    }
  }
}
