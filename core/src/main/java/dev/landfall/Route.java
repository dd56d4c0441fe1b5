package dev.landfall;

import dev.landfall.engine.Plan;
import dev.landfall.engine.Work;
import dev.landfall.event.EventFilter;
import dev.landfall.event.EventFilters;
import dev.landfall.spi.EventHandler;
import dev.landfall.spi.FileLocator;
import dev.landfall.spi.FileSink;
import java.util.ArrayList;
import java.util.List;

/**
 * Which events, and what is done with them: a named, immutable value.
 *
 * <pre>{@code
 * Route customerGroups =
 *     Route.named("customer-groups")
 *         .when(entity("Customer groups").and(legalEntity("usmf")))
 *         .fetch(PayloadUrlLocator.field("DownloadURL"))
 *         .store(FolderSink.at(Path.of("exports")));
 * }</pre>
 */
public final class Route {

  private final Plan plan;

  private Route(Plan plan) {
    this.plan = plan;
  }

  /**
   * Begins a route.
   *
   * @param name under which the ledger keeps its landings, so it must not change as long as some
   *     are unfinished; 1 to 64 letters, digits, dots, dashes and underscores
   * @return what to say next
   * @throws IllegalArgumentException if the name is another
   */
  public static Named named(String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException(
          "A route's name has 1 to 64 letters, digits, dots, dashes and underscores, unlike \"%s\"."
              .formatted(name));
    }
    return new Named(name, EventFilters.any());
  }

  /** A route that has a name, and wants every event until told otherwise. */
  public static final class Named {

    private final String name;
    private final EventFilter filter;

    private Named(String name, EventFilter filter) {
      this.name = name;
      this.filter = filter;
    }

    /**
     * {@return this route for fewer events}
     *
     * @param wanted must say yes as well as those given before
     */
    public Named when(EventFilter wanted) {
      return new Named(name, filter.and(wanted));
    }

    /**
     * {@return a route that fetches a file for each event}
     *
     * @param locator finds the file
     */
    public Fetching fetch(FileLocator locator) {
      return new Fetching(this, locator);
    }

    /**
     * {@return the route, for events that have no file}
     *
     * @param handler does the work
     */
    public Route handle(EventHandler handler) {
      return new Route(new Plan(name, filter, new Work.Handle(handler)));
    }
  }

  /** A route that knows where its file is, but not yet where to store it. */
  public static final class Fetching {

    private final Named named;
    private final FileLocator locator;

    private Fetching(Named named, FileLocator locator) {
      this.named = named;
      this.locator = locator;
    }

    /**
     * {@return the route, which can take more sinks}
     *
     * @param sink gets every file
     */
    public Route store(FileSink sink) {
      return new Route(new Plan(named.name, named.filter, new Work.Store(locator, List.of(sink))));
    }
  }

  /**
   * {@return this route with one more sink}
   *
   * @param sink gets every file too; each sink has its own receipt and its own retries
   * @throws IllegalArgumentException if the route has a sink of that name, or handles events
   *     without files
   */
  public Route store(FileSink sink) {
    if (!(plan.work() instanceof Work.Store store)) {
      throw new IllegalArgumentException(
          "A sink needs a file; the route %s handles events without one.".formatted(name()));
    }
    if (store.sinks().stream().anyMatch(other -> other.name().equals(sink.name()))) {
      throw new IllegalArgumentException(
          "The sinks of a route have different names; the route %s has a \"%s\" already."
              .formatted(name(), sink.name()));
    }
    List<FileSink> sinks = new ArrayList<>(store.sinks());
    sinks.add(sink);
    return new Route(
        new Plan(plan.route(), plan.filter(), new Work.Store(store.locator(), List.copyOf(sinks))));
  }

  /** {@return the name under which the ledger keeps its landings} */
  public String name() {
    return plan.route();
  }

  Plan plan() {
    return plan;
  }

  @Override
  public String toString() {
    return "route %s: %s".formatted(name(), plan.filter());
  }
}
