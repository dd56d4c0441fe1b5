package dev.landfall.testkit.simulation;

import dev.landfall.testkit.simulation.Actor.State;
import dev.landfall.testkit.simulation.Lanes.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads and time of one run: of all actors one moves at a time, and at each step chance decides
 * which is the next. Time stands still as long as one can move.
 *
 * <p>All state is touched only by who has the turn; handing it over makes it visible.
 */
final class Turns {

  private static final int MOST_STEPS = 400_000;
  private static final Duration LONGEST_STEP = Duration.ofMinutes(2);

  private final Chance chance;
  private final Lanes lanes;
  private final Trace trace;
  private final int steadiness;
  private final List<Actor> ready = new ArrayList<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
  private final Semaphore over = new Semaphore(0);
  private Runnable between = () -> {};
  private BooleanSupplier finished = () -> false;
  private @Nullable Actor current;
  private boolean stopped;
  private boolean hangs;
  private long now;
  private long steps;
  private long dues;

  /** What happens at a time, at once and without steps of its own. */
  private record Due(long at, long number, Runnable what) {}

  /**
   * Makes a world in which nothing happens yet.
   *
   * @param steadiness in how many of a thousand steps the same actor goes on
   */
  Turns(Chance chance, Lanes lanes, Trace trace, int steadiness) {
    this.chance = chance;
    this.lanes = lanes;
    this.trace = trace;
    this.steadiness = steadiness;
  }

  /** {@return milliseconds since the beginning} */
  long now() {
    return now;
  }

  long steps() {
    return steps;
  }

  /** {@return who has the turn} */
  Actor current() {
    return Objects.requireNonNull(current, "Nobody has the turn.");
  }

  /**
   * Plays until nothing is left to happen, it is finished, or a law is broken; the calling thread
   * waits.
   *
   * @param each is run before each step
   * @param end is asked whenever time passes
   */
  void play(Runnable each, BooleanSupplier end) {
    between = each;
    finished = end;
    Actor first = next();
    if (first != null) {
      hand(first);
      awaitEnd();
    }
  }

  private void awaitEnd() {
    long before = -1;
    while (before != steps) {
      before = steps;
      if (endsWithin(LONGEST_STEP)) {
        return;
      }
    }
    hangs = true;
    throw new IllegalStateException(
        "A step takes less than %s, unlike that after \"%s\"; a sink waits for something, or an engine does without its scheduler."
            .formatted(LONGEST_STEP, current().lastStep));
  }

  private boolean endsWithin(Duration time) {
    try {
      return over.tryAcquire(time.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("A run was interrupted.", e);
    }
  }

  /** Unwinds what is still under way, of instances that are all dead. */
  void unwind(List<Instance> dead) {
    stopped = true;
    if (hangs) {
      return;
    }
    for (Instance instance : dead) {
      for (Actor actor : List.copyOf(instance.actors)) {
        if (actor.lane != null) {
          hand(actor);
          over.acquireUninterruptibly();
        }
      }
    }
  }

  /** Gives a task a thread as soon as it is chosen. */
  Actor spawn(Instance owner, String name, Runnable task) {
    Actor actor = new Actor(owner, name, task);
    if (owner.alive) {
      owner.actors.add(actor);
      makeReady(actor);
    }
    return actor;
  }

  /** Does something at a later time that has no steps of its own. */
  void after(long delay, Runnable what) {
    due.add(new Due(now + Math.max(0, delay), dues++, what));
  }

  /**
   * A point at which others may go first, time may pass, or the instance may end.
   *
   * @throws Crash if it has ended
   */
  void step(String what, @Nullable Object about) {
    Actor me = current();
    me.owner.requireAlive();
    trace.add(now, me, what, about);
    me.lastStep = what;
    steps++;
    if (steps == MOST_STEPS) {
      trace.broken("a run comes to rest, unlike this one within " + MOST_STEPS + " steps");
    }
    makeReady(me);
    giveTurn(me);
  }

  /** A step that takes time. */
  void stall(long millis) {
    Actor me = current();
    me.owner.requireAlive();
    me.state = State.WAITING;
    after(millis, () -> wake(me));
    giveTurn(me);
  }

  /** {@return whether it came true in time} Whoever makes it true calls {@link #wake}. */
  boolean await(BooleanSupplier condition, long millis) {
    long deadline = now + millis;
    while (!condition.getAsBoolean() && now < deadline) {
      stall(deadline - now);
    }
    return condition.getAsBoolean();
  }

  /** Lets one that waits go on. */
  void wake(Actor actor) {
    if (actor.state == State.WAITING) {
      makeReady(actor);
    }
  }

  /** Interrupts an actor as soon as it moves again. */
  void interrupt(Actor actor) {
    actor.interrupted = true;
    wake(actor);
  }

  /** Keeps all actors of an instance from moving. */
  void freeze(Instance instance) {
    instance.frozen = true;
    ready.removeIf(actor -> actor.owner == instance && instance.parked.add(actor));
  }

  void thaw(Instance instance) {
    instance.frozen = false;
    ready.addAll(instance.parked);
    instance.parked.clear();
  }

  /** Lets the actors of an instance that is dead find out; those that have not begun never do. */
  void bury(Instance instance) {
    thaw(instance);
    for (Actor actor : List.copyOf(instance.actors)) {
      if (actor.state == State.NEW || actor.lane == null) {
        instance.actors.remove(actor);
        ready.remove(actor);
        actor.state = State.DONE;
      } else {
        wake(actor);
      }
    }
  }

  private void makeReady(Actor actor) {
    actor.state = State.READY;
    (actor.owner.frozen ? actor.owner.parked : ready).add(actor);
  }

  private void giveTurn(Actor me) {
    Lane lane = Objects.requireNonNull(me.lane, "It runs.");
    Actor next = next();
    if (next != me) {
      if (next == null) {
        over.release();
      } else {
        hand(next);
      }
      lane.awaitTurn();
    }
    current = me;
    me.state = State.RUNNING;
    me.owner.requireAlive();
    if (me.interrupted) {
      me.interrupted = false;
      Thread.currentThread().interrupt();
    }
  }

  private void hand(Actor next) {
    current = next;
    if (next.lane == null) {
      next.lane = lanes.take();
      next.lane.begin(this, next);
    } else {
      next.lane.goOn();
    }
  }

  /** Runs an actor to its end, and tells which one this thread has to run after it, if any. */
  @Nullable
  Actor play(Actor actor, Lane lane) {
    actor.state = State.RUNNING;
    try {
      actor.owner.requireAlive();
      actor.task.run();
    } catch (Crash unwound) {
      // As intended.
    } catch (Throwable thrown) {
      trace.broken("no task of the engine throws, unlike " + actor.name + ": " + thrown);
      trace.cause(thrown);
    }
    // Neither a later actor nor the hand-over is to find it.
    boolean unused = Thread.interrupted();
    if (actor.working != null) {
      actor.working.over = true;
    }
    actor.state = State.DONE;
    actor.lane = null;
    actor.owner.actors.remove(actor);
    Actor next = next();
    if (next != null && next.lane == null) {
      current = next;
      next.lane = lane;
      return next;
    }
    lanes.giveBack(lane);
    if (next == null) {
      over.release();
    } else {
      hand(next);
    }
    return null;
  }

  private @Nullable Actor next() {
    while (!stopped) {
      while (!due.isEmpty() && due.peek().at() <= now) {
        due.remove().what().run();
      }
      between.run();
      if (trace.isBroken()) {
        stopped = true;
      } else if (!ready.isEmpty()) {
        return pick();
      } else if (due.isEmpty() || finished.getAsBoolean()) {
        stopped = true;
      } else {
        now = Math.max(now, due.peek().at());
      }
    }
    return null;
  }

  private Actor pick() {
    int last = ready.size() - 1;
    int picked = last == 0 || chance.of(steadiness) ? last : chance.below(last + 1);
    Actor actor = ready.get(picked);
    ready.set(picked, ready.get(last));
    ready.remove(last);
    return actor;
  }
}
