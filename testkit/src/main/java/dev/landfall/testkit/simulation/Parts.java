package dev.landfall.testkit.simulation;

import dev.landfall.engine.EngineSetup;
import dev.landfall.engine.Limits;
import dev.landfall.engine.Plan;
import dev.landfall.engine.SpoolDisk;
import dev.landfall.engine.Work;
import dev.landfall.event.EventFilter;
import dev.landfall.spi.CircuitPolicy;
import dev.landfall.spi.EventHandler;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** What the engines of one machine are made of. */
final class Parts {

  private final World world;
  private final Clock clock;
  private final Limits limits;
  private final RetryPolicy retry;
  private final CircuitPolicy circuit;
  private final List<AutoCloseable> opened = new ArrayList<>();

  Parts(World world, Supplier<Instant> time) {
    this.world = world;
    this.clock = clock(time);
    Chance chance = world.chance();
    int workers = chance.between(1, 3);
    this.limits = new Limits(
        workers,
        // With fewer a worker would wait where no other can move.
        workers,
        chance.of(150) ? chance.between(1, 5) : 1_000_000,
        Duration.ofMillis(chance.between(1_500, 6_000)),
        Duration.ofMillis(chance.of(300) ? 0 : chance.between(1, 3_000)),
        Duration.ofDays(30),
        Long.MAX_VALUE);
    this.retry = RetryPolicy.upTo(Duration.ofDays(1))
        .backingOff(Duration.ofMillis(chance.between(1, 500)), Duration.ofSeconds(5));
    this.circuit = CircuitPolicy.after(chance.between(1, 5))
        .pausing(Duration.ofSeconds(1), Duration.ofSeconds(5));
  }

  /** {@return a clock that shows this time} */
  static Clock clock(Supplier<Instant> time) {
    return new Clock() {
      @Override
      public Instant instant() {
        return time.get();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  /** {@return all of them for a new process} */
  EngineSetup of(Instance born, Path spool, SpoolDisk disk) {
    Ledger store = world.planted().ledger().apply(world.store());
    SimulatedNetwork network = new SimulatedNetwork(world);
    return new EngineSetup(
        Routes.all().stream().map(name -> plan(name, network)).toList(),
        new SimulatedLedger(world, born, store),
        network,
        retry,
        circuit,
        List.of(new SimulatedListener(world)),
        new SimulatedScheduler(world.turns(), born, limits.workers()),
        clock,
        new Random(world.chance().next()),
        spool,
        disk,
        limits);
  }

  private Plan plan(String route, SimulatedNetwork network) {
    List<FileSink> sinks = world.storages().stream()
        .filter(storage -> storage.route().equals(route))
        .map(this::open)
        .toList();
    EventFilter filter = Routes.filter(route);
    return new Plan(
        route,
        event -> {
          world.maybeThrow(Fault.FILTER_FAILS);
          return filter.matches(event);
        },
        Routes.isInOrder(route) ? Routes::line : null,
        sinks.isEmpty() ? new Work.Handle(handler()) : new Work.Store(network, sinks));
  }

  private FileSink open(Storage storage) {
    try {
      FileSink sink = world.sink().open(storage.folder());
      if (sink instanceof AutoCloseable closeable) {
        opened.add(closeable);
      }
      return new SimulatedSink(world, storage, sink);
    } catch (Exception e) {
      world
          .trace()
          .broken("a sink can be opened, unlike %s of %s: %s"
              .formatted(storage.sink(), storage.route(), e));
      world.trace().cause(e);
      throw new Crash();
    }
  }

  private EventHandler handler() {
    return event -> {
      LandingId id = new LandingId(event.id(), Routes.of(Routes.ALERT));
      world.interruptibleStep("handles", id);
      world.witness().storing(id, "", world.turns().current().working);
      if (world.strikes(Fault.HANDLER_FAILS)) {
        throw new IOException("The handler has broken.");
      }
      world.handled(event.id());
      world.interruptibleStep("has handled", id);
    };
  }

  /** Closes the sinks of a process that has ended. */
  void close() {
    try {
      for (AutoCloseable sink : opened) {
        sink.close();
      }
      opened.clear();
    } catch (Exception e) {
      throw new IllegalStateException("The sink could not be closed.", e);
    }
  }
}
