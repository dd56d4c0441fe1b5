package dev.landfall.transport.servicebus;

import com.azure.core.credential.TokenCredential;
import dev.landfall.spi.EventSource;
import dev.landfall.spi.Receiver;
import dev.landfall.spi.SourceException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from a queue, or a subscription of a topic, of Azure Service Bus.
 *
 * <pre>{@code
 * ServiceBusSource.queue(connectionString, "d365-events").build()
 * ServiceBusSource.subscription(connectionString, "finance", "exports").build()
 * }</pre>
 *
 * <p>Any number of instances may receive from one entity; each message goes to one of them. It is
 * completed when the ledger has custody of its events, moved to the dead-letter queue when it can
 * never be one, and abandoned after a wait when there is no room. Its lock is renewed as long as
 * that takes. A completion that fails is no harm: the message comes again, and the ledger knows it.
 *
 * <p>When nothing comes although something waits, the connection is made anew; see
 * {@link #isReady}.
 */
public final class ServiceBusSource implements EventSource {

  private static final Duration CLOSING = Duration.ofSeconds(10);
  private static final Duration FIRST_LOOK = Duration.ofSeconds(60);
  private static final Duration FIRST_LINK = Duration.ofSeconds(1);

  private final Entity entity;
  private final Settings settings;
  private @Nullable Watch watch;
  private @Nullable ScheduledExecutorService clockwork;
  private @Nullable Receiver receiver;
  private boolean closed;

  private ServiceBusSource(Builder builder) {
    entity = builder.entity;
    settings =
        new Settings(builder.concurrency, builder.renewEvery, builder.stalledAfter, builder.clock);
  }

  /**
   * Begins with a queue.
   *
   * @param connectionString of the namespace, or of the queue without {@code EntityPath}; may end
   *     with {@code UseDevelopmentEmulator=true}
   * @param name of the queue
   * @return what takes the options
   * @throws IllegalArgumentException if it is no connection string, which is not quoted then
   */
  public static Builder queue(String connectionString, String name) {
    return new Builder(Entity.of(connectionString, name, null));
  }

  /**
   * Begins with a queue.
   *
   * @param namespace such as {@code contoso.servicebus.windows.net}
   * @param credential has the role Azure Service Bus Data Receiver
   * @param name of the queue
   * @return what takes the options
   * @throws IllegalArgumentException if a name is blank
   */
  public static Builder queue(String namespace, TokenCredential credential, String name) {
    return new Builder(Entity.of(namespace, credential, name, null));
  }

  /**
   * Begins with a subscription.
   *
   * @param connectionString of the namespace
   * @param topic its name
   * @param name of the subscription
   * @return what takes the options
   * @throws IllegalArgumentException if it is no connection string, which is not quoted then
   */
  public static Builder subscription(String connectionString, String topic, String name) {
    return new Builder(Entity.of(connectionString, topic, name));
  }

  /**
   * Begins with a subscription.
   *
   * @param namespace such as {@code contoso.servicebus.windows.net}
   * @param credential has the role Azure Service Bus Data Receiver
   * @param topic its name
   * @param name of the subscription
   * @return what takes the options
   * @throws IllegalArgumentException if a name is blank
   */
  public static Builder subscription(
      String namespace, TokenCredential credential, String topic, String name) {
    return new Builder(Entity.of(namespace, credential, topic, name));
  }

  /** {@return {@code queue} or {@code subscription} and its name} */
  @Override
  public String name() {
    return entity.toString();
  }

  /**
   * {@return whether messages come as far as is known: false before the start, after the end, and
   * while a lost connection is made anew}
   */
  public synchronized boolean isReady() {
    return watch != null && watch.isReady();
  }

  /**
   * {@inheritDoc}
   *
   * @throws SourceException if the broker refuses the entity or the credential; a broker that is
   *     not there is waited for
   * @throws IllegalStateException if it was started or closed before
   */
  @Override
  public synchronized void start(Receiver receiver) {
    if (watch != null || closed) {
      throw new IllegalStateException(
          "%s was started or closed before; a source is started once, so build another."
              .formatted(name()));
    }
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(1, work -> {
      Thread thread = new Thread(work, "landfall-servicebus");
      thread.setDaemon(true);
      return thread;
    });
    Supplier<Reception> receptions = () ->
        new Reception(name(), entity.receiver().buildAsyncClient(), receiver, settings, threads);
    Reception first = receptions.get();
    try {
      require(first);
    } catch (RuntimeException refused) {
      first.close();
      threads.shutdownNow();
      throw refused;
    }
    this.receiver = receiver;
    clockwork = threads;
    watch = new Watch(name(), first, receptions, settings.stalledAfter(), threads);
    watch.start();
  }

  /** What is set wrong shows with the first look, or when the link is opened. */
  private void require(Reception first) {
    try {
      first.peek().block(FIRST_LOOK);
    } catch (RuntimeException failure) {
      Failures.toMend(entity, failure).ifPresent(refused -> {
        throw refused;
      });
    }
    first.start();
    try {
      Throwable failure = first.lost().get(FIRST_LINK.toMillis(), TimeUnit.MILLISECONDS);
      Failures.toMend(entity, failure).ifPresent(refused -> {
        throw refused;
      });
    } catch (TimeoutException asItShouldBe) {
      // A link that is refused is refused at once.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Messages that are decided upon within ten seconds are settled; all others come again, here
   * or at another instance, when their locks have run out.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (watch == null || clockwork == null) {
      return;
    }
    Reception last = watch.close();
    last.stop();
    awaitEmpty(last, clockwork);
    last.close();
    clockwork.shutdownNow();
  }

  private static void awaitEmpty(Reception last, ScheduledExecutorService clockwork) {
    CountDownLatch empty = new CountDownLatch(1);
    var asking = clockwork.scheduleWithFixedDelay(
        () -> {
          if (last.isEmpty()) {
            empty.countDown();
          }
        },
        0,
        10,
        TimeUnit.MILLISECONDS);
    try {
      empty.await(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      asking.cancel(false);
    }
  }

  /**
   * What became of dead letters.
   *
   * @param taken how many are in custody now and gone from the dead-letter queue
   * @param refused how many were wanted and not taken; they are dead letters still
   * @param left how many were looked at and not wanted
   */
  public record Replayed(int taken, int refused, int left) {}

  /**
   * Hands messages of the entity's dead-letter queue to the pipeline once more: what the broker
   * gave up after too many deliveries, or what was refused and can be read now.
   *
   * <p>It blocks until it has seen all that are there or has replayed as many as it may. What the
   * pipeline takes is removed; nothing is sent again. The right to listen suffices.
   *
   * @param wanted which of them
   * @param most how many at most, at least 1
   * @return what became of them
   * @throws IllegalStateException if the source is not started, or closed
   * @throws InterruptedException if the thread is interrupted; what is taken by then is removed
   */
  public Replayed replay(Predicate<DeadMessage> wanted, int most) throws InterruptedException {
    Receiver taker;
    synchronized (this) {
      taker = closed ? null : receiver;
    }
    if (taker == null) {
      throw new IllegalStateException(
          "Dead letters are handed to a pipeline, and %s is not started.".formatted(name()));
    }
    Builder.require(most >= 1, "At least 1 dead letter is replayed, not %s.", most);
    return new DeadLetters(name(), entity, taker, settings.clock()).replay(wanted, most);
  }

  /** Takes what is optional; not safe for several threads at once. */
  public static final class Builder {

    private final Entity entity;
    private int concurrency = 64;
    private Duration renewEvery = Duration.ofSeconds(15);
    private Duration stalledAfter = Duration.ofMinutes(2);
    private Clock clock = Clock.systemUTC();

    private Builder(Entity entity) {
      this.entity = entity;
    }

    /**
     * Sets how many messages may be under way at once; 64 by default.
     *
     * @param count 1 to 2,000
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder concurrency(int count) {
      require(count >= 1 && count <= 2_000, "1 to 2,000 messages are under way, not %s.", count);
      concurrency = count;
      return this;
    }

    /**
     * Sets how often the lock of a message under way is renewed; every 15 seconds by default. The
     * entity's lock must last at least twice as long.
     *
     * @param time at least 100 milliseconds
     * @return this
     * @throws IllegalArgumentException if it is shorter
     */
    public Builder renewEvery(Duration time) {
      require(
          time.toMillis() >= 100, "A lock is renewed every 100 ms at most, not every %s.", time);
      renewEvery = time;
      return this;
    }

    /**
     * Sets how long nothing may come while the broker has something; 2 minutes by default. Then the
     * connection is made anew.
     *
     * @param time at least 1 second
     * @return this
     * @throws IllegalArgumentException if it is shorter
     */
    public Builder stalledAfter(Duration time) {
      require(time.toMillis() >= 1_000, "Nothing may come for a second; %s is too short.", time);
      stalledAfter = time;
      return this;
    }

    /**
     * Sets what tells when a delivery arrived; by default the system's clock.
     *
     * @param time only its instant counts
     * @return this
     */
    public Builder clock(Clock time) {
      clock = time;
      return this;
    }

    /** {@return the source; the broker is not asked before it is started} */
    public ServiceBusSource build() {
      return new ServiceBusSource(this);
    }

    private static void require(boolean holds, String rule, Object value) {
      if (!holds) {
        throw new IllegalArgumentException(rule.formatted(value));
      }
    }
  }
}
