package dev.landfall.spi;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * What is pending in a ledger.
 *
 * @param routes what is pending on each route that has something pending, by the route's name
 */
public record Backlog(Map<String, Waiting> routes) {

  /**
   * Keeps its own copy.
   *
   * @param routes copied
   */
  public Backlog {
    routes = Map.copyOf(routes);
  }

  /**
   * What is pending on one route.
   *
   * @param count how many landings, those being worked on among them
   * @param oldest when the oldest of them was recorded
   */
  public record Waiting(long count, Instant oldest) {}

  /** {@return how many landings are pending} */
  public long pending() {
    return routes.values().stream().mapToLong(Waiting::count).sum();
  }

  /** {@return when the oldest pending landing was recorded; empty if none is pending} */
  public Optional<Instant> oldest() {
    return routes.values().stream().map(Waiting::oldest).min(Comparator.naturalOrder());
  }
}
