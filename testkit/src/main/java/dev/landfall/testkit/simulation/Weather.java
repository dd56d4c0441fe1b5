package dev.landfall.testkit.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which faults strike in a run and how often: some runs know only a few kinds, some all. */
final class Weather {

  private static final Set<Fault> COST_LEASES = EnumSet.of(
      Fault.FREEZE,
      Fault.CLOCK_JUMP,
      Fault.STALL,
      Fault.LEDGER_FAILS_BEFORE,
      Fault.LEDGER_FAILS_AFTER,
      Fault.LEDGER_THROWS);

  private final Chance chance;
  private final Map<Fault, Integer> rates = new EnumMap<>(Fault.class);
  private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
  private boolean calm;

  Weather(Chance chance) {
    this.chance = chance;
    int kinds = chance.between(1, 9) * 100;
    for (Fault fault : Fault.values()) {
      rates.put(fault, chance.of(kinds) ? 1 + chance.below(fault.most) : 0);
    }
  }

  /** Never again. */
  void none(Fault fault) {
    rates.put(fault, 0);
  }

  /** Nothing goes wrong any more. */
  void calmDown() {
    calm = true;
  }

  boolean isCalm() {
    return calm;
  }

  boolean strikes(Fault fault) {
    if (calm || !chance.of(rates.getOrDefault(fault, 0)) || struck(fault) >= fault.times) {
      return false;
    }
    struck.merge(fault, 1, Integer::sum);
    return true;
  }

  /** {@return whether a lease may have run out, or a claim be lost, while its process lives} */
  boolean costsLeases() {
    return COST_LEASES.stream().anyMatch(fault -> struck(fault) > 0);
  }

  int struck(Fault fault) {
    return struck.getOrDefault(fault, 0);
  }
}
