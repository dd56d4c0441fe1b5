package dev.landfall.testkit.simulation;

import dev.landfall.spi.LandingId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** One life of a process: its threads, and whether it still lives. */
final class Instance {

  final String name;
  final Set<Actor> actors = new LinkedHashSet<>();
  final List<Actor> parked = new ArrayList<>();
  Predicate<LandingId> spool = id -> false;
  /** The last attempts whose end could not be written. */
  final Map<LandingId, Attempt> unsettled = new HashMap<>();

  final SimulatedDisk disk;
  boolean alive = true;
  boolean frozen;

  Instance(String name, SimulatedDisk disk) {
    this.name = name;
    this.disk = disk;
  }

  void requireAlive() {
    if (!alive) {
      throw new Crash();
    }
  }
}
