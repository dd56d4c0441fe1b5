package dev.landfall.emulator.servicebus;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What can go wrong with a namespace, at once or at a moment to come.
 *
 * <p>Each method returns when the fault is there. Faults that last do so until they are called off.
 * Messages are never lost by a fault; what was not settled comes again. Note that Azure's client
 * takes some 5 s to recover from a connection or link that is gone.
 */
public final class Faults {

  private static final System.Logger LOG = System.getLogger(Faults.class.getName());

  private final EventLoop loop;
  private final Namespace namespace;
  private final Broker broker;
  private final FaultPlan plan;
  private final Door door;

  /** Opens and closes the port. */
  interface Door {

    void open();

    void close();
  }

  Faults(EventLoop loop, Namespace namespace, Broker broker, FaultPlan plan, Door door) {
    this.loop = loop;
    this.namespace = namespace;
    this.broker = broker;
    this.plan = plan;
    this.door = door;
  }

  /** Runs what a test planned; its failure is no reason for the broker to end. */
  private void strike(Consumer<Faults> fault) {
    try {
      fault.accept(this);
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.ERROR, "A planned fault failed.", failure);
    }
  }

  private String key(String entity) {
    return namespace.require(entity);
  }

  /** Cuts all connections, as a broken network does. */
  public void dropConnections() {
    loop.run(broker::cutConnections);
  }

  /**
   * Closes all links to an entity with {@code amqp:link:detach-forced}, as Azure does when it moves
   * the entity.
   *
   * @param entity a queue, a topic or a subscription
   */
  public void detachLinks(String entity) {
    String key = key(entity);
    loop.run(() -> broker.detachLinks(
        key, "amqp:link:detach-forced", "The link is force detached by the broker."));
  }

  /**
   * Ends all locks on messages, and on sessions, before their time.
   *
   * @param entity a queue, a topic or a subscription
   */
  public void loseLocks(String entity) {
    String key = key(entity);
    loop.run(() -> broker.loseLocks(key));
  }

  /**
   * Makes an entity silent though all connections and links stay: nothing is handed out, what is
   * sent is not answered, and new links that send get no credit.
   *
   * @param entity a queue, a topic with its subscriptions, or a subscription
   */
  public void stall(String entity) {
    String key = key(entity);
    loop.run(() -> broker.stall(key, true));
  }

  /**
   * Ends {@link #stall}; what was sent meanwhile is taken now.
   *
   * @param entity the one that was stalled
   */
  public void resume(String entity) {
    String key = key(entity);
    loop.run(() -> broker.stall(key, false));
  }

  /**
   * Turns away what is sent, with {@code com.microsoft:server-busy}.
   *
   * @param entity a queue or a topic
   * @param times how many transfers, a batch being one; 0 turns no more away
   */
  public void turnAway(String entity, int times) {
    String key = key(entity);
    loop.run(() -> plan.busy(key, times));
  }

  /** Leaves all settlements unanswered and undone. */
  public void ignoreSettlements() {
    loop.run(() -> plan.ignoreSettlements(true));
  }

  /** Ends {@link #ignoreSettlements}. */
  public void heedSettlements() {
    loop.run(() -> plan.ignoreSettlements(false));
  }

  /** Takes no token, as if its key had been changed. */
  public void refuseTokens() {
    loop.run(() -> plan.refuseTokens(true));
  }

  /** Ends {@link #refuseTokens}. */
  public void acceptTokens() {
    loop.run(() -> plan.refuseTokens(false));
  }

  /** Closes the port and cuts all connections; messages are kept. */
  public void goAway() {
    loop.run(() -> {
      door.close();
      broker.cutConnections();
    });
  }

  /**
   * Ends {@link #goAway}, on the same port.
   *
   * @throws java.io.UncheckedIOException if another program has the port now
   */
  public void comeBack() {
    loop.run(door::open);
  }

  /**
   * Lets a fault strike just before a message is handed out.
   *
   * @param entity a queue or a subscription
   * @param nth 1 for the next message
   * @param fault runs once, on the broker's own thread, which it must not hold up
   */
  public void beforeDelivery(String entity, int nth, Consumer<Faults> fault) {
    String key = key(entity);
    loop.run(() -> plan.plan(FaultPlan.Moment.DELIVERY, key, nth, () -> strike(fault)));
  }

  /**
   * Lets a fault strike when a receiver has settled a message and the broker has not done it yet.
   * Where the fault cuts the connection, it never will.
   *
   * @param entity a queue or a subscription
   * @param nth 1 for the next settlement
   * @param fault runs once, on the broker's own thread, which it must not hold up
   */
  public void beforeSettlement(String entity, int nth, Consumer<Faults> fault) {
    String key = key(entity);
    loop.run(() -> plan.plan(FaultPlan.Moment.SETTLEMENT, key, nth, () -> strike(fault)));
  }

  /**
   * Lets a fault strike later.
   *
   * @param delay from now, by the broker's clock
   * @param fault runs once, on the broker's own thread, which it must not hold up
   */
  public void after(Duration delay, Consumer<Faults> fault) {
    loop.run(() -> plan.plan(namespace.now() + delay.toMillis(), () -> strike(fault)));
  }
}
