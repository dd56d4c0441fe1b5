package dev.landfall.engine;

import dev.landfall.event.EventFilter;

/**
 * What the engine knows of a route.
 *
 * @param route its name, unique in the pipeline
 * @param filter which events
 * @param work what is done with them
 */
public record Plan(String route, EventFilter filter, Work work) {}
