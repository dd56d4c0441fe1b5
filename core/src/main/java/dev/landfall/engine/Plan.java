package dev.landfall.engine;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventFilter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the engine knows of a route.
 *
 * @param route its name, unique in the pipeline
 * @param filter which events
 * @param line tells the line of an event, in which landings go one at a time; null if the route has
 *     no order
 * @param work what is done with them
 */
public record Plan(
    String route, EventFilter filter, @Nullable Function<BusinessEvent, String> line, Work work) {}
