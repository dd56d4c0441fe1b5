package dev.landfall.testkit.simulation;

import static dev.landfall.event.EventFilters.entity;
import static dev.landfall.event.EventFilters.legalEntity;
import static dev.landfall.event.EventFilters.type;

import dev.landfall.Route;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventFilter;
import dev.landfall.event.LegalEntity;
import dev.landfall.spi.EventHandler;
import dev.landfall.spi.FileLocator;
import dev.landfall.spi.FileSink;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The routes of every run: one with a sink, one with two that also takes all of one company, one in
 * order, and one without files.
 */
final class Routes {

  static final String PLAIN = "Customer groups";
  static final String PAIR = "Vendors V2";
  static final String LINE = "Item prices";
  static final String ALERT = "BusinessEventsAlertEvent";
  static final String COMPANY = "usmf";

  private static final Map<String, String> NAMES =
      Map.of(PLAIN, "plain", PAIR, "pair", LINE, "line", ALERT, "alert");

  private Routes() {}

  /** {@return the name of the route for an entity or type} */
  static String of(String what) {
    return String.valueOf(NAMES.get(what));
  }

  /** {@return the names of all routes} */
  static List<String> all() {
    return List.of("plain", "pair", "line", "alert");
  }

  /** {@return the names of a route's sinks} */
  static List<String> sinks(String route) {
    return switch (route) {
      case "pair" -> List.of("first", "second");
      case "alert" -> List.of();
      default -> List.of("only");
    };
  }

  static EventFilter filter(String route) {
    EventFilter export = type("NAVAXDMFExportBusinessEvent");
    return switch (route) {
      case "plain" -> export.and(entity(PLAIN));
      case "pair" -> export.and(entity(PAIR).or(legalEntity(COMPANY)));
      case "line" -> export.and(entity(LINE));
      default -> type(ALERT);
    };
  }

  static boolean isInOrder(String route) {
    return route.equals("line");
  }

  /** The line of an event on the route in order. */
  static String line(BusinessEvent event) {
    return event.legalEntity().map(LegalEntity::value).orElse("");
  }

  /** {@return the routes as an operator's tool has them, which calls no sink and no handler} */
  static List<Route> forAdmin(FileLocator locator, Function<String, FileSink> sinkNamed) {
    EventHandler never = event -> {};
    return all().stream()
        .map(name -> {
          Route.Named named = Route.named(name).when(filter(name));
          List<FileSink> sinks = sinks(name).stream().map(sinkNamed).toList();
          if (sinks.isEmpty()) {
            return named.handle(never);
          }
          Route route = named.fetch(locator).store(sinks.get(0));
          return sinks.size() == 1 ? route : route.store(sinks.get(1));
        })
        .toList();
  }
}
