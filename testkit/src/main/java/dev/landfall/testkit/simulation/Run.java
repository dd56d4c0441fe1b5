package dev.landfall.testkit.simulation;

import dev.landfall.LedgerAdmin;
import dev.landfall.Replay;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.RawEvent;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One seed: a time of faults, a time of calm, and then the laws. */
final class Run {

  private static final long LONGEST_CALM = 400_000;
  private static final long LOOK_EVERY = 1_000;

  private final World world;
  private final Turns turns;
  private final Chance chance;
  private final Weather weather;
  private final Instance operator;
  private final List<Sender> senders = new ArrayList<>();
  private final Map<String, Long> happened = new TreeMap<>();
  private final long faultsEnd;
  private long nextLook;

  Run(long seed, Path root, SinkUnderTest sink, Planted planted, Lanes lanes) throws IOException {
    this.world = new World(seed, root, sink, planted, lanes);
    this.operator = world.born("operator", new SimulatedDisk(world));
    this.turns = world.turns();
    this.chance = world.chance();
    this.weather = world.weather();
    this.faultsEnd = chance.between(2_000, 20_000);
  }

  Trace trace() {
    return world.trace();
  }

  /** {@return what happened how often} */
  Map<String, Long> happened() {
    return happened;
  }

  void play() throws Exception {
    makeSenders();
    world.machines().forEach(machine -> turns.after(chance.between(0, 500), machine::start));
    turns.after(faultsEnd, this::calmDown);
    try {
      turns.play(this::maybeStrike, this::isAtRest);
      if (!trace().isBroken()) {
        Laws laws = new Laws(world);
        laws.check(senders);
        laws.outcomes().forEach(this::count);
      }
    } finally {
      dispose();
    }
    for (Fault fault : Fault.values()) {
      count("fault " + fault, weather.struck(fault));
    }
    count("steps", turns.steps());
    count(world.durable() ? "runs with a durable ledger" : "runs with a ledger in memory", 1);
  }

  private void count(String what, long times) {
    if (times > 0) {
      happened.merge(what, times, Long::sum);
    }
  }

  private void makeSenders() {
    List<Announced> waiting = new ArrayList<>(world.events());
    while (!waiting.isEmpty()) {
      List<Announced> some = new ArrayList<>();
      int size = chance.of(700) ? 1 : chance.between(1, 4);
      while (some.size() < size && !waiting.isEmpty()) {
        some.add(waiting.remove(chance.below(waiting.size())));
      }
      senders.add(new Sender(world, some, chance.of(80) ? List.of(unreadable()) : List.of()));
    }
    if (chance.of(150)) {
      senders.add(new Sender(world, List.of(), List.of(unreadable())));
    }
    int spread = chance.oneOf(List.of(500, 3_000, (int) faultsEnd));
    senders.forEach(sender -> sender.sendIn(chance.below(spread)));
  }

  private RawEvent unreadable() {
    return RawEvent.of("{\"EventId\":\"\",\"n\":%d}"
        .formatted(chance.below(1_000_000))
        .getBytes(StandardCharsets.UTF_8));
  }

  private void maybeStrike() {
    if (weather.isCalm()) {
      return;
    }
    if (weather.strikes(Fault.CRASH)) {
      crash(false);
    }
    if (weather.strikes(Fault.POWER_CUT)) {
      crash(true);
    }
    List<Machine> running = weather.strikes(Fault.FREEZE) ? world.running() : List.of();
    if (!running.isEmpty()) {
      chance.oneOf(running).freeze(chance.between(500, 15_000));
    }
    if (weather.strikes(Fault.CLOCK_JUMP)) {
      chance.oneOf(world.machines()).setClock(chance.between(-60_000, 60_000));
    }
    if (weather.strikes(Fault.CLOSE)) {
      chance.oneOf(world.machines()).close();
    }
    if (weather.strikes(Fault.ROUTE_PAUSED)) {
      chance
          .oneOf(world.machines())
          .pauseRoute(chance.oneOf(Routes.all()), chance.between(100, 8_000));
    }
    if (weather.strikes(Fault.INTAKE_PAUSED)) {
      chance.oneOf(world.machines()).pauseIntake(chance.between(100, 8_000));
    }
    if (weather.strikes(Fault.REPLAY)) {
      operate("replay", this::replay);
    }
    if (weather.strikes(Fault.DISCARD)) {
      operate("discard", this::discard);
    }
  }

  private void crash(boolean powerCut) {
    List<Machine> up = world.machines().stream().filter(Machine::isUp).toList();
    if (!up.isEmpty()) {
      Machine machine = chance.oneOf(up);
      machine.instance().actors.forEach(actor -> count("crash after: " + actor.lastStep, 1));
      machine.crash(powerCut);
    }
  }

  /** A person at a tool of its own, who gives up if the ledger fails. */
  private void operate(String what, Runnable task) {
    turns.spawn(operator, what, () -> {
      try {
        task.run();
      } catch (RuntimeException givenUp) {
        world.trace().add(turns.now(), operator.name, "gives up:", givenUp.getMessage());
      }
    });
  }

  private LedgerAdmin admin() {
    return LedgerAdmin.of(
        new SimulatedLedger(world, operator, world.store()),
        Routes.forAdmin(PayloadUrlLocator.field("DownloadURL"), NeverAsked::new),
        Clock.fixed(world.time(), ZoneOffset.UTC));
  }

  /** A sink that an operator's tool knows by name. */
  private record NeverAsked(String name) implements FileSink {
    @Override
    public Receipt store(ExportedFile file) {
      throw new IllegalStateException("An operator stores nothing.");
    }
  }

  private void replay() {
    Replay replay = admin().replay(chance.of(500) ? LandingQuery.dead() : LandingQuery.all());
    if (chance.of(300)) {
      replay = replay.toAllSinks();
    }
    (chance.of(300) ? replay.evenIfExpired() : replay).run(chance.between(1, 3));
  }

  private void discard() {
    LedgerAdmin admin = admin();
    List<LandingReport> found = admin.find(LandingQuery.all(), 100);
    if (!found.isEmpty()) {
      admin.discard(chance.oneOf(found).landing().id(), "Nobody needs it.");
    }
  }

  private void calmDown() {
    weather.calmDown();
    world.machines().forEach(Machine::calmDown);
  }

  private boolean isAtRest() {
    if (!weather.isCalm() || turns.now() < nextLook) {
      return false;
    }
    nextLook = turns.now() + LOOK_EVERY;
    return turns.now() > faultsEnd + LONGEST_CALM || isDone();
  }

  private boolean isDone() {
    return senders.stream().allMatch(Sender::isDone)
        && !world.witness().isAnythingPending()
        && world.machines().stream().allMatch(Machine::isIdle)
        && world.machines().stream().allMatch(machine -> machine.holdsOnly(dead()));
  }

  private List<LandingId> dead() {
    return world.store().find(LandingQuery.dead(), 100).stream()
        .map(report -> report.landing().id())
        .toList();
  }

  private void dispose() {
    world.instances().forEach(instance -> instance.alive = false);
    turns.unwind(world.instances());
    world.machines().forEach(Machine::dispose);
  }
}
