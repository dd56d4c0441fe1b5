package dev.landfall.transport.http;

import java.time.Clock;
import java.time.Duration;

/**
 * What holds for every request, whatever server takes it.
 *
 * @param admission who may post
 * @param grid what Event Grid may do
 * @param bodyLimit in bytes
 * @param answerWithin how long a sender waits at most
 * @param maxConcurrentRequests that wait for their body or their answer
 * @param clock dates deliveries
 */
record Rules(
    Admission admission,
    EventGrid grid,
    int bodyLimit,
    Duration answerWithin,
    int maxConcurrentRequests,
    Clock clock) {}
