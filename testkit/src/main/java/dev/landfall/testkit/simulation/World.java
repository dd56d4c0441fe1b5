package dev.landfall.testkit.simulation;

import dev.landfall.MemoryLedger;
import dev.landfall.event.EventId;
import dev.landfall.spi.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Everything that one run is made of. */
final class World {

  static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

  private static final int MOST_MACHINES = 3;

  private final Path root;
  private final SinkUnderTest sink;
  private final Planted planted;
  private final Trace trace;
  private final Chance chance;
  private final Weather weather;
  private final Turns turns;
  private final Witness witness;
  private final boolean durable;
  private final Map<EventId, Announced> events = new LinkedHashMap<>();
  private final List<Storage> storages = new ArrayList<>();
  private final List<Machine> machines;
  private final List<Instance> instances = new ArrayList<>();
  private final Map<EventId, Integer> handled = new LinkedHashMap<>();
  private Ledger store = MemoryLedger.create();

  World(long seed, Path root, SinkUnderTest sink, Planted planted, Lanes lanes) throws IOException {
    this.root = root;
    this.sink = sink;
    this.planted = planted;
    this.trace = new Trace(root.toString());
    this.chance = new Chance(seed);
    this.weather = new Weather(chance);
    this.turns = new Turns(chance, lanes, trace, chance.below(900));
    this.witness = new Witness(trace, weather);
    this.durable = !chance.of(150);
    if (!durable) {
      List.of(
              Fault.LEDGER_FAILS_BEFORE,
              Fault.LEDGER_FAILS_AFTER,
              Fault.LEDGER_THROWS,
              Fault.REPLAY,
              Fault.DISCARD,
              Fault.CLOCK_JUMP)
          .forEach(weather::none);
    }
    new Shipping(chance, BEGIN)
        .announce(chance.between(1, 10))
        .forEach(event -> events.put(event.id(), event));
    for (String route : Routes.all()) {
      for (String name : Routes.sinks(route)) {
        Path folder = Files.createDirectories(root.resolve("storage/" + route + "-" + name));
        storages.add(new Storage(route, name, folder));
      }
    }
    this.machines = IntStream.rangeClosed(1, durable ? chance.between(1, MOST_MACHINES) : 1)
        .mapToObj(number -> new Machine(this, number))
        .toList();
  }

  Path root() {
    return root;
  }

  SinkUnderTest sink() {
    return sink;
  }

  Planted planted() {
    return planted;
  }

  Trace trace() {
    return trace;
  }

  Chance chance() {
    return chance;
  }

  Weather weather() {
    return weather;
  }

  Turns turns() {
    return turns;
  }

  Witness witness() {
    return witness;
  }

  /** {@return whether the ledger outlives its processes} */
  boolean durable() {
    return durable;
  }

  Ledger store() {
    return store;
  }

  /** A ledger that is in memory ends with its process. */
  void processEnded() {
    if (!durable) {
      store = MemoryLedger.create();
      witness.ledgerLost();
    }
  }

  List<Machine> machines() {
    return machines;
  }

  /** {@return a new life} */
  Instance born(String name, SimulatedDisk disk) {
    Instance instance = new Instance(name, disk);
    instances.add(instance);
    return instance;
  }

  /** {@return all there ever were} */
  List<Instance> instances() {
    return instances;
  }

  List<Machine> running() {
    return machines.stream().filter(Machine::isRunning).toList();
  }

  List<Storage> storages() {
    return storages;
  }

  List<Announced> events() {
    return List.copyOf(events.values());
  }

  Announced announced(EventId id) {
    return Objects.requireNonNull(events.get(id), "Nobody raised it.");
  }

  Announced behind(String url) {
    Optional<Announced> found = events.values().stream()
        .filter(event -> event.path() != null && url.startsWith(event.path() + "?"))
        .findFirst();
    return found.orElseThrow(() -> new IllegalStateException("There is nothing behind the link."));
  }

  void handled(EventId id) {
    handled.merge(id, 1, Integer::sum);
  }

  boolean wasHandled(EventId id) {
    return handled.containsKey(id);
  }

  /** {@return the right time} */
  Instant time() {
    return BEGIN.plusMillis(turns.now());
  }

  boolean strikes(Fault fault) {
    return weather.strikes(fault);
  }

  /** Throws what a user's part may throw that is no exception of this library. */
  void maybeThrow(Fault fault) {
    if (strikes(fault)) {
      if (chance.of(500)) {
        throw new IllegalStateException("It has broken.");
      }
      throw new AssertionError("It has broken.");
    }
  }

  /** Lets others go first, for a while at times. */
  void step(String what, @Nullable Object about) {
    turns.step(what, about);
    if (strikes(Fault.STALL)) {
      turns.stall(aWhile());
    }
  }

  private int aWhile() {
    return chance.of(300) ? chance.between(100, 12_000) : chance.between(1, 50);
  }

  /** A step of one that blocks, and so can be interrupted. */
  void interruptibleStep(String what, Object about) throws InterruptedException {
    step(what, about);
    if (strikes(Fault.SLOW_WORK)) {
      turns.stall(aWhile());
    }
    if (Thread.interrupted()) {
      Attempt attempt = turns.current().working;
      if (attempt != null) {
        attempt.interrupted = true;
      }
      throw new InterruptedException();
    }
  }
}
