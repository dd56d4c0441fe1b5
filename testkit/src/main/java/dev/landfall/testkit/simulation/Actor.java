package dev.landfall.testkit.simulation;

import dev.landfall.testkit.simulation.Lanes.Lane;
import org.jspecify.annotations.Nullable;

/** One task of an instance on a thread of its own, which moves only when it is its turn. */
final class Actor {

  /** How far it is. */
  enum State {
    NEW,
    READY,
    RUNNING,
    WAITING,
    DONE
  }

  final Instance owner;
  final String name;
  final Runnable task;
  State state = State.NEW;
  String lastStep = "its start";
  boolean interrupted;

  @Nullable
  Lane lane;

  @Nullable
  Attempt working;

  Actor(Instance owner, String name, Runnable task) {
    this.owner = owner;
    this.name = name;
    this.task = task;
  }
}
