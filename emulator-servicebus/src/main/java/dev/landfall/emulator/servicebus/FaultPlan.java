package dev.landfall.emulator.servicebus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which faults are on, and which are still to come; it belongs to the loop. */
final class FaultPlan {

  /** A moment in the life of a message at which a fault can strike. */
  enum Moment {
    DELIVERY,
    SETTLEMENT
  }

  private static final class Countdown {

    private final Moment moment;
    private final String entity;
    private final Runnable fault;
    private int left;

    private Countdown(Moment moment, String entity, int nth, Runnable fault) {
      this.moment = moment;
      this.entity = entity;
      this.fault = fault;
      this.left = nth;
    }
  }

  private record Alarm(long at, Runnable fault) {}

  private final List<Countdown> countdowns = new ArrayList<>();
  private final List<Alarm> alarms = new ArrayList<>();
  private final Set<String> stalled = new HashSet<>();
  private final Map<String, Integer> busy = new HashMap<>();
  private boolean refusesTokens;
  private boolean ignoresSettlements;

  void plan(Moment moment, String entity, int nth, Runnable fault) {
    countdowns.add(new Countdown(moment, entity, nth, fault));
  }

  void plan(long at, Runnable fault) {
    alarms.add(new Alarm(at, fault));
  }

  void reach(Moment moment, String entity) {
    if (countdowns.isEmpty()) {
      return;
    }
    for (Countdown countdown : List.copyOf(countdowns)) {
      if (countdown.moment == moment && countdown.entity.equals(entity) && --countdown.left == 0) {
        countdowns.remove(countdown);
        countdown.fault.run();
      }
    }
  }

  void passTime(long now) {
    List<Alarm> due = alarms.stream().filter(alarm -> alarm.at <= now).toList();
    alarms.removeAll(due);
    due.forEach(alarm -> alarm.fault.run());
  }

  boolean isStalled(String entity) {
    return stalled.contains(entity);
  }

  void stall(String entity, boolean on) {
    if (on) {
      stalled.add(entity);
    } else {
      stalled.remove(entity);
    }
  }

  void busy(String entity, int times) {
    busy.put(entity, times);
  }

  /** {@return whether this message is one of those to turn away} */
  boolean turnsAway(String entity) {
    int left = busy.getOrDefault(entity, 0);
    if (left > 0) {
      busy.put(entity, left - 1);
    }
    return left > 0;
  }

  boolean refusesTokens() {
    return refusesTokens;
  }

  void refuseTokens(boolean on) {
    refusesTokens = on;
  }

  boolean ignoresSettlements() {
    return ignoresSettlements;
  }

  void ignoreSettlements(boolean on) {
    ignoresSettlements = on;
  }
}
