package dev.landfall.testkit.simulation;

import dev.landfall.engine.Engine;
import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.Receiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A machine with a clock and a disk, on which one process runs after another. */
final class Machine {

  private final World world;
  private final Turns turns;
  private final int number;
  private final SimulatedDisk disk;
  private final Parts parts;
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
    this.instance = new Instance("machine " + number, disk);
    this.instance.alive = false;
    this.parts = new Parts(world, this::time);
    this.clockOffset = world.chance().between(-300, 300);
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

  private Instant time() {
    return world.time().plusMillis(clockOffset);
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
    Instance born = world.born("machine " + number + "." + lives, disk);
    instance = born;
    closing = false;
    taking = 0;
    note("starts", null);
    turns.spawn(born, "main", () -> {
      try {
        Engine started = new Engine(parts.of(born, spool, disk));
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
      parts.close();
      if (engine != null) {
        engine.close();
      }
      engine = null;
      keepSpoolFromTheDead(powerCut);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    long whole = asked == null ? 0 : dead.stream().filter(asked::isSpooled).count();
    List<String> names = Files.exists(spool) ? SimulatedDisk.names(spool) : List.of();
    long begun = names.stream().filter(name -> name.endsWith(".begun")).count();
    return begun <= dead.size() && names.size() == 2 * (whole + begun);
  }

  /** Frees what the process holds; its threads have ended. */
  void dispose() {
    parts.close();
    if (engine != null) {
      engine.close();
    }
  }
}
