package dev.landfall.spi;

import dev.landfall.event.EventId;

/**
 * Identity of a landing: one event on one route, however often the event is delivered.
 *
 * @param event the event
 * @param route the route's name
 */
public record LandingId(EventId event, String route) {

  @Override
  public String toString() {
    return event + " on " + route;
  }
}
