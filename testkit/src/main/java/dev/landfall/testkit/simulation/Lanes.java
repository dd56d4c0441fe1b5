package dev.landfall.testkit.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Threads that are lent to one actor after another, and kept from one run to the next; used by one
 * thread at a time.
 */
final class Lanes implements AutoCloseable {

  private final Deque<Lane> idle = new ArrayDeque<>();

  /** A thread that does nothing unless it is its turn. */
  static final class Lane implements Runnable {

    private final Semaphore turn = new Semaphore(0);
    private @Nullable Turns turns;
    private @Nullable Actor first;

    void begin(Turns whose, Actor actor) {
      turns = whose;
      first = actor;
      turn.release();
    }

    void goOn() {
      turn.release();
    }

    void awaitTurn() {
      turn.acquireUninterruptibly();
    }

    @Override
    public void run() {
      awaitTurn();
      while (turns != null) {
        Turns playing = turns;
        Actor next = first;
        turns = null;
        first = null;
        while (next != null) {
          next = playing.play(next, this);
        }
        awaitTurn();
      }
    }
  }

  Lane take() {
    Lane lane = idle.poll();
    if (lane == null) {
      lane = new Lane();
      Thread thread = new Thread(lane, "simulated");
      thread.setDaemon(true);
      thread.start();
    }
    return lane;
  }

  void giveBack(Lane lane) {
    idle.push(lane);
  }

  /** Ends all threads, which must be idle. */
  @Override
  public void close() {
    idle.forEach(Lane::goOn);
    idle.clear();
  }
}
