package dev.landfall.engine;

import dev.landfall.spi.CircuitPolicy;
import dev.landfall.spi.FileSink;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Optional;

/**
 * Which sinks are left alone for now; see {@link CircuitPolicy}. A sink that several routes share
 * is one.
 */
final class Circuits {

  private final CircuitPolicy policy;
  private final IdentityHashMap<FileSink, Circuit> circuits = new IdentityHashMap<>();

  Circuits(CircuitPolicy policy) {
    this.policy = policy;
  }

  private static final class Circuit {
    int failures;
    Duration pause = Duration.ZERO;
    Instant until = Instant.MIN;
    boolean probing;
  }

  private Circuit of(FileSink sink) {
    return circuits.computeIfAbsent(sink, first -> new Circuit());
  }

  /**
   * Asks for leave to call a sink, after which {@link #succeeded}, {@link #failed} or
   * {@link #abandoned} must follow.
   *
   * @return until when the sink is left alone; empty for leave
   */
  synchronized Optional<Instant> heldUntil(FileSink sink, Instant now) {
    Circuit circuit = of(sink);
    if (circuit.failures < policy.failures()) {
      return Optional.empty();
    }
    Instant latest = now.plus(circuit.pause);
    if (circuit.until.isAfter(latest)) {
      // The clock was set back.
      circuit.until = latest;
    }
    if (circuit.until.isAfter(now)) {
      return Optional.of(circuit.until);
    }
    if (circuit.probing) {
      return Optional.of(latest);
    }
    circuit.probing = true;
    return Optional.empty();
  }

  /** {@return whether this ended a pause} */
  synchronized boolean succeeded(FileSink sink) {
    Circuit circuit = of(sink);
    boolean paused = circuit.failures >= policy.failures();
    circuits.remove(sink);
    return paused;
  }

  /** {@return until when the sink is left alone, if this begins a pause} */
  synchronized Optional<Instant> failed(FileSink sink, Instant now) {
    Circuit circuit = of(sink);
    circuit.failures++;
    circuit.probing = false;
    // Those that were under way when a pause began say nothing new.
    if (circuit.failures < policy.failures() || circuit.until.isAfter(now)) {
      return Optional.empty();
    }
    circuit.pause = longer(circuit.pause);
    circuit.until = now.plus(circuit.pause);
    return Optional.of(circuit.until);
  }

  private Duration longer(Duration pause) {
    if (pause.isZero()) {
      return policy.firstPause();
    }
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(policy.longestPause()) > 0 ? policy.longestPause() : twice;
  }

  /** The call ended without telling anything about the sink. */
  synchronized void abandoned(FileSink sink) {
    of(sink).probing = false;
  }
}
