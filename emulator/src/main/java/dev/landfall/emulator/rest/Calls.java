package dev.landfall.emulator.rest;

import dev.landfall.emulator.api.ApiCall;
import dev.landfall.emulator.api.ApiFault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers the calls, and which of those to come go wrong. */
public final class Calls {

  // Guarded by this.
  private final List<String> made = new ArrayList<>();
  private final Map<ApiCall, Deque<ApiFault>> faults = new EnumMap<>(ApiCall.class);

  Calls() {}

  /**
   * Makes the next call go wrong, or, if there are faults for it already, the one after these.
   *
   * @param call which
   * @param fault how
   */
  public synchronized void add(ApiCall call, ApiFault fault) {
    faults.computeIfAbsent(call, none -> new ArrayDeque<>()).add(fault);
  }

  /** {@return method and path of each call, oldest first} */
  public synchronized List<String> made() {
    return List.copyOf(made);
  }

  synchronized void remember(ApiRequest request) {
    made.add(request.method() + " " + request.path());
  }

  synchronized Optional<ApiFault> next(ApiCall call) {
    return Optional.ofNullable(faults.get(call)).map(Deque::poll);
  }
}
