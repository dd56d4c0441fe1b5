package dev.landfall;

import dev.landfall.engine.Plan;
import dev.landfall.engine.Work;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventFilter;
import dev.landfall.event.EventFilters;
import dev.landfall.event.LandfallException;
import dev.landfall.event.LegalEntity;
import dev.landfall.spi.EventHandler;
import dev.landfall.spi.FileLocator;
import dev.landfall.spi.FileSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    return new Named(name, EventFilters.any(), null);
  }

  /** A route that has a name, and wants every event until told otherwise. */
  public static final class Named {

    private final String name;
    private final EventFilter filter;
    private final @Nullable Function<BusinessEvent, String> line;

    private Named(String name, EventFilter filter, @Nullable Function<BusinessEvent, String> line) {
      this.name = name;
      this.filter = filter;
      this.line = line;
    }

    /**
     * {@return this route for fewer events}
     *
     * @param wanted must say yes as well as those given before
     */
    public Named when(EventFilter wanted) {
      return new Named(name, filter.and(wanted), line);
    }

    /**
     * {@return this route in order: exports of one entity and company land one at a time, the
     * oldest first among those known} By default a route has no order and many land at once.
     */
    public Named inOrder() {
      return inOrderBy(event -> event.entity().orElse("")
          + "\n"
          + event.legalEntity().map(LegalEntity::value).orElse(""));
    }

    /**
     * {@return this route in an order of its own: events of one key land one at a time, the oldest
     * first among those known} One that is tried again holds up those after it; a dead one does
     * not.
     *
     * @param key tells the key of an event, of any length; called by the intake for each event, so
     *     it must be quick
     */
    public Named inOrderBy(Function<BusinessEvent, String> key) {
      return new Named(name, filter, key);
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
      return new Route(new Plan(name, filter, line, new Work.Handle(handler)));
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
      return new Route(
          new Plan(named.name, named.filter, named.line, new Work.Store(locator, List.of(sink))));
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
    return new Route(new Plan(
        plan.route(),
        plan.filter(),
        plan.line(),
        new Work.Store(store.locator(), List.copyOf(sinks))));
  }

  /** {@return the name under which the ledger keeps its landings} */
  public String name() {
    return plan.route();
  }

  Plan plan() {
    return plan;
  }

  /** The names of its sinks; none if it handles events. */
  Set<String> sinks() {
    return plan.work() instanceof Work.Store store
        ? store.sinks().stream().map(FileSink::name).collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  /** Asks its sinks whether they can store; fails only for what a person must mend. */
  void check() {
    if (plan.work() instanceof Work.Store store) {
      store.sinks().stream()
          .takeWhile(sink -> !Thread.currentThread().isInterrupted())
          .forEach(Route::check);
    }
  }

  private static void check(FileSink sink) {
    try {
      sink.check();
    } catch (LandfallException failure) {
      if (!failure.retryable()) {
        throw failure;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Exception mayPass) {
      // The first file shows whether it did, and its failure is seen by the listeners.
    }
  }

  @Override
  public String toString() {
    return "route %s: %s".formatted(name(), plan.filter());
  }
}
