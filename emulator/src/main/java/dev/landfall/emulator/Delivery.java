package dev.landfall.emulator;

import java.time.Instant;

/**
 * How it went to bring one event to one endpoint, with all tries that the delivery rule allows.
 *
 * @param eventId which event, in upper case without braces
 * @param endpoint where to, as the endpoint prints itself: without the query of a URL
 * @param accepted whether the endpoint answered with a status from 200 to 299, or the sender to a
 *     queue or topic returned
 * @param attempts how many times the event was sent, from 1
 * @param status the HTTP status of the last try, 0 if no answer came in time and for queues and
 *     topics
 * @param answer what the last try came to, for people, such as {@code HTTP 503}, {@code sent} or
 *     {@code no answer within PT10S}, or the class of what was thrown
 * @param finishedAt when the last try ended
 */
public record Delivery(
    String eventId,
    String endpoint,
    boolean accepted,
    int attempts,
    int status,
    String answer,
    Instant finishedAt) {}
