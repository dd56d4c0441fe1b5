package dev.landfall.testkit.simulation;

import dev.landfall.engine.Engine;
import dev.landfall.engine.EngineSetup;
import dev.landfall.engine.Limits;
import dev.landfall.engine.Plan;
import dev.landfall.engine.Work;
import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import dev.landfall.spi.CircuitPolicy;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.EventHandler;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.Receiver;
import dev.landfall.spi.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A machine with a clock and a disk, on which one process runs after another. */
final class Machine {

  private final World world;
  private final Turns turns;
  private final int number;
  private final SimulatedDisk disk;
  private final Limits limits;
  private final RetryPolicy retry;
  private final CircuitPolicy circuit;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private int lives;
  private long clockOffset;
  private Path spool;
  private Instance instance;
  private @Nullable Engine engine;
  private @Nullable Receiver receiver;
  private int taking;
  private boolean closing;

  Machine(World world, int number) {
    this.world = world;
    this.turns = world.turns();
    this.number = number;
    this.disk = new SimulatedDisk(world);
    this.spool = world.root().resolve("spool-" + number + "-0");
    this.instance = new Instance("machine " + number);
    this.instance.alive = false;
    Chance chance = world.chance();
    int workers = chance.between(1, 3);
    // Waiting for a host blocks for good where only one thread moves.
    this.limits = new Limits(
        workers,
        workers,
        chance.of(150) ? chance.between(1, 5) : 1_000_000,
        Duration.ofMillis(chance.between(1_500, 6_000)),
        Duration.ofMillis(chance.of(300) ? 0 : chance.between(1, 3_000)),
        Duration.ofDays(30));
    this.retry = RetryPolicy.upTo(Duration.ofDays(1))
        .backingOff(Duration.ofMillis(chance.between(1, 500)), Duration.ofSeconds(5));
    this.circuit = CircuitPolicy.after(chance.between(1, 5))
        .pausing(Duration.ofSeconds(1), Duration.ofSeconds(5));
    this.clockOffset = chance.between(-300, 300);
  }

  boolean isRunning() {
    return engine != null && instance.alive && !closing;
  }

  boolean isUp() {
    return instance.alive;
  }

  boolean isIdle() {
    return instance.actors.isEmpty();
  }

  Instance instance() {
    return instance;
  }

  Path spool() {
    return spool;
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return world.time().plusMillis(clockOffset);
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

  /** Sets the clock wrong by so much. */
  void setClock(long offset) {
    note("has its clock wrong by ms:", offset);
    clockOffset = offset;
  }

  private void note(String what, @Nullable Object about) {
    world.trace().add(turns.now(), instance.name, what, about);
  }

  /** Begins a new process, unless one lives. */
  void start() {
    if (instance.alive) {
      return;
    }
    lives++;
    Instance born = world.born("machine " + number + "." + lives);
    instance = born;
    closing = false;
    taking = 0;
    note("starts", null);
    turns.spawn(born, "main", () -> {
      try {
        Engine started = new Engine(setup(born));
        engine = started;
        born.spool = started::isSpooled;
        receiver = world.planted().receiver().apply(started.receiver());
        started.start();
      } catch (LandfallException e) {
        note("cannot start:", e.getMessage());
        if (e.reason() != Reason.SPOOL_UNAVAILABLE || world.weather().isCalm()) {
          world.trace().broken("a process starts, unlike here: " + e.getMessage());
        }
        end(false);
      }
    });
  }

  private EngineSetup setup(Instance born) {
    Ledger ledger = new SimulatedLedger(world, born, world.planted().ledger().apply(world.store()));
    SimulatedNetwork network = new SimulatedNetwork(world);
    return new EngineSetup(
        Routes.all().stream().map(name -> plan(name, network)).toList(),
        ledger,
        network,
        retry,
        circuit,
        List.of(new SimulatedListener(world)),
        new SimulatedScheduler(turns, born, limits.workers()),
        clock(),
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
    var filter = Routes.filter(route);
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
      throw new IllegalStateException("The sink could not be opened.", e);
    }
  }

  private EventHandler handler() {
    return event -> {
      LandingId id = new LandingId(event.id(), Routes.of(Routes.ALERT));
      world.interruptibleStep("handles", id);
      world.witness().storing(id, "", turns.current().working);
      if (world.strikes(Fault.HANDLER_FAILS)) {
        throw new IOException("The handler has broken.");
      }
      world.handled(event.id());
      world.interruptibleStep("has handled", id);
    };
  }

  /** Takes a delivery on a thread of a source; the answer may never come. */
  void take(Delivery delivery, Consumer<Disposition> answer) {
    Instance taker = instance;
    Receiver open = receiver;
    if (!isRunning() || open == null) {
      return;
    }
    taking++;
    turns.spawn(taker, "source", () -> {
      open.receive(delivery).whenComplete((disposition, failed) -> {
        turns.step("answers", disposition == null ? failed : disposition.verdict());
        taking--;
        if (disposition == null) {
          world.trace().broken("neither a receiver nor its stage fails, unlike here: " + failed);
        } else {
          answer.accept(disposition);
        }
      });
    });
  }

  /** Ends the process in good order. */
  void close() {
    Engine closed = engine;
    if (!isRunning() || closed == null) {
      return;
    }
    closing = true;
    note("closes", null);
    Instance ending = instance;
    turns.spawn(ending, "main", () -> {
      turns.await(() -> taking == 0, 1_000);
      closed.close();
      if (ending == instance) {
        end(false);
      }
    });
  }

  /** Ends the process at once. */
  void crash(boolean powerCut) {
    note(powerCut ? "LOSES ITS POWER" : "CRASHES", null);
    end(powerCut);
  }

  private void end(boolean powerCut) {
    instance.alive = false;
    turns.bury(instance);
    world.processEnded();
    try {
      for (AutoCloseable sink : opened) {
        sink.close();
      }
      opened.clear();
      if (engine != null) {
        engine.close();
      }
      engine = null;
      keepSpoolFromTheDead(powerCut);
    } catch (Exception e) {
      throw new IllegalStateException("A process could not be ended.", e);
    }
    turns.after(world.chance().between(10, 6_000), this::start);
  }

  /** Threads that are still unwinding work in a folder that is no longer there. */
  private void keepSpoolFromTheDead(boolean powerCut) throws IOException {
    Path next = world.root().resolve("spool-" + number + "-" + lives);
    if (Files.exists(spool)) {
      Files.move(spool, next);
      Files.deleteIfExists(next.resolve("lock"));
      if (powerCut) {
        disk.cutPower(next);
      }
    }
    spool = next;
  }

  /** Pauses a route for a while. */
  void pauseRoute(String route, long millis) {
    Engine paused = engine;
    if (paused != null) {
      note("pauses route", route);
      paused.pause(route);
      turns.after(millis, () -> {
        note("resumes route", route);
        paused.resume(route);
      });
    }
  }

  /** Pauses the intake for a while. */
  void pauseIntake(long millis) {
    Engine paused = engine;
    if (paused != null) {
      note("pauses its intake", null);
      paused.pauseIntake();
      turns.after(millis, paused::resumeIntake);
    }
  }

  /** Lets nothing of the process move for a while. */
  void freeze(long millis) {
    Instance frozen = instance;
    note("freezes for ms:", millis);
    turns.freeze(frozen);
    turns.after(millis, () -> thaw(frozen));
  }

  private void thaw(Instance frozen) {
    if (frozen.frozen) {
      note("goes on", null);
      turns.thaw(frozen);
    }
  }

  /** All is well from now on. */
  void calmDown() {
    clockOffset = 0;
    thaw(instance);
    start();
  }

  /** {@return whether the spool holds files of no landing but these} */
  boolean holdsOnly(List<LandingId> dead) {
    Engine asked = engine;
    long held = asked == null ? 0 : dead.stream().filter(asked::isSpooled).count();
    return !Files.exists(spool) || SimulatedDisk.names(spool).size() == 2 * held;
  }

  /** Frees what the process holds; its threads have ended. */
  void dispose() {
    try {
      for (AutoCloseable sink : opened) {
        sink.close();
      }
    } catch (Exception e) {
      throw new UncheckedIOException(new IOException("A sink could not be closed.", e));
    }
    if (engine != null) {
      engine.close();
    }
  }
}
