package dev.landfall.engine;

import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import java.io.Serial;
import java.util.Set;

/** A landing of a route that the pipeline no longer has. */
final class RouteGoneException extends LandfallException {

  @Serial
  private static final long serialVersionUID = 1;

  RouteGoneException(String route, Set<String> routes) {
    super(
        Reason.ROUTE_GONE,
        false,
        "A landing needs its route, and the pipeline has no route %s, only %s; add it again under its old name and replay."
            .formatted(route, routes),
        null);
  }
}
