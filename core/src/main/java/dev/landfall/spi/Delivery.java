package dev.landfall.spi;

import dev.landfall.event.RawEvent;
import java.time.Instant;

/**
 * One arrival of an event over a transport; the same event may be delivered many times.
 *
 * @param source name of the source that took it, for logs
 * @param arrivedAt when the source had all of it
 * @param body what arrived
 */
public record Delivery(String source, Instant arrivedAt, RawEvent body) {}
