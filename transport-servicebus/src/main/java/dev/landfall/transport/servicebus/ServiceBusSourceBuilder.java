package dev.landfall.transport.servicebus;

import java.time.Clock;
import java.time.Duration;

/**
 * Takes what is optional about a {@link ServiceBusSource}; not safe for several threads at once.
 */
public final class ServiceBusSourceBuilder {

  private final Entity entity;
  private int concurrency = 64;
  private int sessions;
  private int prefetch;
  private Duration renewEvery = Duration.ofSeconds(15);
  private Duration stalledAfter = Duration.ofMinutes(2);
  private Clock clock = Clock.systemUTC();

  ServiceBusSourceBuilder(Entity entity) {
    this.entity = entity;
  }

  /**
   * Sets how many messages may be under way at once; 64 by default. With a ledger that is not
   * durable a message is under way until its file is stored.
   *
   * @param count 1 to 2,000
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public ServiceBusSourceBuilder concurrency(int count) {
    require(count >= 1 && count <= 2_000, "1 to 2,000 messages are under way, not %s.", count);
    concurrency = count;
    return this;
  }

  /**
   * Says that the entity has sessions, and from how many to receive at once; by default it has
   * none. Of a session one message is under way at a time, so that {@link #concurrency} does not
   * matter. A session that is silent for a second is given up for another.
   *
   * @param atOnce 1 to 200
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public ServiceBusSourceBuilder sessions(int atOnce) {
    require(atOnce >= 1 && atOnce <= 200, "1 to 200 sessions are received from, not %s.", atOnce);
    sessions = atOnce;
    return this;
  }

  /**
   * Sets how many messages are taken ahead of those under way; 0 by default. It pays only where the
   * broker is far away: the lock of a message runs from when it is taken, and is not renewed before
   * its turn.
   *
   * @param count 0 to 1,000
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public ServiceBusSourceBuilder prefetch(int count) {
    require(count >= 0 && count <= 1_000, "0 to 1,000 messages are taken ahead, not %s.", count);
    prefetch = count;
    return this;
  }

  /**
   * Sets how often the lock of a message under way, or of a session, is renewed; every 15 seconds
   * by default. The entity's locks must last at least twice as long.
   *
   * @param time 100 milliseconds to 5 minutes
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public ServiceBusSourceBuilder renewEvery(Duration time) {
    require(
        isWithin(Duration.ofMillis(100), time, Duration.ofMinutes(5)),
        "A lock is renewed every 100 ms to 5 minutes, not every %s.",
        time);
    renewEvery = time;
    return this;
  }

  /**
   * Sets how long nothing may come while the broker has something; 2 minutes by default. Then the
   * connection is made anew.
   *
   * @param time 1 second to 1 day
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public ServiceBusSourceBuilder stalledAfter(Duration time) {
    require(
        isWithin(Duration.ofSeconds(1), time, Duration.ofDays(1)),
        "Nothing may come for 1 second to 1 day, not for %s.",
        time);
    stalledAfter = time;
    return this;
  }

  /**
   * Sets what tells when a delivery arrived; by default the system's clock.
   *
   * @param time only its instant counts
   * @return this
   */
  public ServiceBusSourceBuilder clock(Clock time) {
    clock = time;
    return this;
  }

  /** {@return the source; the broker is not asked before it is started} */
  public ServiceBusSource build() {
    return new ServiceBusSource(
        entity, new Settings(concurrency, sessions, prefetch, renewEvery, stalledAfter, clock));
  }

  private static boolean isWithin(Duration least, Duration time, Duration most) {
    return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
  }

  static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(rule.formatted(value));
    }
  }
}
