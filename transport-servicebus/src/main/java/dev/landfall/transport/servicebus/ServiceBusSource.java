package dev.landfall.transport.servicebus;

import com.azure.core.credential.TokenCredential;
import dev.landfall.spi.EventSource;
import dev.landfall.spi.Receiver;
import dev.landfall.spi.SourceException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Takes events from a queue, or a subscription of a topic, of Azure Service Bus.
 *
 * <pre>{@code
 * ServiceBusSource.queue(connectionString, "d365-events").build()
 * ServiceBusSource.subscription(connectionString, "finance", "exports").build()
 * }</pre>
 *
 * <p>Any number of instances may receive from one entity; each message goes to one of them. It is
 * completed when the ledger has custody of its events, moved to the dead-letter queue with reason
 * {@code LandfallRefused} when it can never be one, and given back after a wait, which doubles with
 * each delivery, when there is no room. Its lock is renewed as long as that takes. A completion
 * that fails is no harm: the message comes again, and the ledger knows it.
 *
 * <p>An event is what a message's body is: bytes, a text, or either in the wrapping of .NET's older
 * clients. Application properties and content type are the delivery's headers.
 *
 * <p>A connection that is lost, or to which nothing comes although something waits, is made anew;
 * the pipeline's listeners hear of it, and {@link #isReady} tells.
 */
public final class ServiceBusSource implements EventSource {

  private static final Duration CLOSING = Duration.ofSeconds(10);
  private static final Duration FIRST_LOOK = Duration.ofSeconds(10);
  private static final Duration FIRST_LINK = Duration.ofSeconds(1);

  private final Entity entity;
  private final Settings settings;
  private volatile @Nullable Running running;
  private boolean closed;

  private record Running(Receiver receiver, Watch watch, Clockwork clockwork) {}

  ServiceBusSource(Entity entity, Settings settings) {
    this.entity = entity;
    this.settings = settings;
  }

  /**
   * Begins with a queue.
   *
   * @param connectionString of the namespace or the queue; may end with
   *     {@code UseDevelopmentEmulator=true}
   * @param name of the queue
   * @return what takes the options
   * @throws IllegalArgumentException if it is no connection string, which is not quoted then
   */
  public static ServiceBusSourceBuilder queue(String connectionString, String name) {
    return new ServiceBusSourceBuilder(Entity.of(connectionString, name, null));
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
  public static ServiceBusSourceBuilder queue(
      String namespace, TokenCredential credential, String name) {
    return new ServiceBusSourceBuilder(Entity.of(namespace, credential, name, null));
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
  public static ServiceBusSourceBuilder subscription(
      String connectionString, String topic, String name) {
    return new ServiceBusSourceBuilder(Entity.of(connectionString, topic, name));
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
  public static ServiceBusSourceBuilder subscription(
      String namespace, TokenCredential credential, String topic, String name) {
    return new ServiceBusSourceBuilder(Entity.of(namespace, credential, topic, name));
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
  public boolean isReady() {
    Running now = running;
    return now != null && now.watch().isReady();
  }

  /**
   * {@inheritDoc}
   *
   * @throws SourceException if the broker refuses the entity or the credential; a broker that is
   *     not there, which takes 10 seconds to find out, is waited for
   * @throws IllegalStateException if it was started or closed before
   */
  @Override
  public synchronized void start(Receiver receiver) {
    if (running != null || closed) {
      throw new IllegalStateException(
          "%s was started or closed before; a source is started once, so build another."
              .formatted(name()));
    }
    Clockwork clockwork = new Clockwork("landfall-servicebus");
    Supplier<Inflow> inflows = () -> inflow(receiver, clockwork);
    Inflow first = inflows.get();
    Watch watch = new Watch(entity, first, inflows, receiver, settings, clockwork);
    try {
      begin(first, watch);
    } catch (RuntimeException refused) {
      first.close();
      clockwork.close();
      throw refused;
    }
    running = new Running(receiver, watch, clockwork);
  }

  private Inflow inflow(Receiver receiver, Clockwork clockwork) {
    return settings.hasSessions()
        ? new Sessions(
            settings.sessions(),
            entity.sessionReceiver(settings.prefetch()).buildAsyncClient(),
            entity.receiver(0).buildAsyncClient(),
            session -> new Reception(name(), session, receiver, settings, clockwork),
            clockwork)
        : new Reception(
            name(),
            entity.receiver(settings.prefetch()).buildAsyncClient(),
            receiver,
            settings,
            clockwork);
  }

  /** What is set wrong shows with the first look, or when the link is opened. */
  private void begin(Inflow first, Watch watch) {
    @Nullable Throwable silence = null;
    try {
      first.probe().toFuture().get(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      refuse(failure);
      silence = failure.getCause();
    } catch (TimeoutException failure) {
      silence = failure;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (silence == null) {
      first.start();
      awaitLink(first);
    }
    watch.start();
    if (silence != null) {
      watch.replace(first, Watch.SILENT, silence);
    }
  }

  /** A link that is refused is refused at once; one that stands says nothing until a message. */
  private void awaitLink(Inflow first) {
    try {
      Object known = CompletableFuture.anyOf(first.lost(), first.opened())
          .get(FIRST_LINK.toMillis(), TimeUnit.MILLISECONDS);
      if (known instanceof Throwable failure) {
        refuse(failure);
      }
    } catch (TimeoutException asItShouldBe) {
      // Nothing speaks against it.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void refuse(Throwable failure) {
    Failures.toMend(entity, settings.hasSessions(), failure).ifPresent(refused -> {
      throw refused;
    });
  }

  /**
   * {@inheritDoc}
   *
   * <p>Messages that are decided upon within ten seconds are settled; all others come again, here
   * or at another instance, when their locks have run out.
   */
  @Override
  public void close() {
    Running last;
    synchronized (this) {
      last = closed ? null : running;
      closed = true;
    }
    if (last == null) {
      return;
    }
    Inflow inflow = last.watch().close();
    try {
      inflow.stop().toCompletableFuture().get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException undecided) {
      // It comes again.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      Mono.<Void>fromRunnable(inflow::close)
          .subscribeOn(Schedulers.boundedElastic())
          .toFuture()
          .get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException unanswered) {
      // The broker is gone; its links go with their connection.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    last.clockwork().close();
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
   * <p>It blocks until it has seen all that are there or has tried as many as it may, one after
   * another. What the pipeline takes is removed; nothing is sent again. All others stay, with one
   * more delivery counted. The right to listen suffices. Of a partitioned entity one call may not
   * see all.
   *
   * @param wanted which of them
   * @param most how many at most, at least 1
   * @return what became of them
   * @throws IllegalArgumentException if {@code most} is less than 1
   * @throws IllegalStateException if the source is not started, or closed
   * @throws InterruptedException if the thread is interrupted; what is taken by then is removed
   */
  public Replayed replay(Predicate<DeadMessage> wanted, int most) throws InterruptedException {
    ServiceBusSourceBuilder.require(most >= 1, "At least 1 dead letter is replayed, not %s.", most);
    Running now;
    synchronized (this) {
      now = closed ? null : running;
    }
    if (now == null) {
      throw new IllegalStateException(
          "Dead letters are handed to a pipeline, and %s is not started.".formatted(name()));
    }
    return new DeadLetters(entity, now.receiver(), settings).replay(wanted, most);
  }
}
