package dev.landfall.transport.servicebus;

import java.time.Clock;
import java.time.Duration;

/**
 * What a source needs to know besides its entity.
 *
 * @param concurrency how many deliveries may be under way
 * @param sessions how many sessions are received from at once; 0 if the entity has none
 * @param prefetch how many messages are taken ahead
 * @param renewEvery how long after the last renewal a lock is renewed
 * @param stalledAfter how long nothing may come while something waits
 * @param clock tells when a delivery arrived
 */
record Settings(
    int concurrency,
    int sessions,
    int prefetch,
    Duration renewEvery,
    Duration stalledAfter,
    Clock clock) {

  boolean hasSessions() {
    return sessions > 0;
  }
}
