package dev.landfall.transport.servicebus;

import dev.landfall.event.Headers;
import dev.landfall.event.RawEvent;
import java.time.Instant;

/**
 * A message in the dead-letter queue of an entity.
 *
 * @param sequenceNumber what the broker numbers it with
 * @param reason such as {@code MaxDeliveryCountExceeded}, {@code TTLExpiredException}, or
 *     {@code LandfallRefused} for what was no event; empty if there is none
 * @param description a sentence about that; empty if there is none
 * @param enqueuedAt when it was sent, by the broker's clock
 * @param deliveries how often it was tried before
 * @param body the event as it arrived, which may hold a signed link
 * @param headers its application properties and content type
 */
public record DeadMessage(
    long sequenceNumber,
    String reason,
    String description,
    Instant enqueuedAt,
    long deliveries,
    RawEvent body,
    Headers headers) {}
