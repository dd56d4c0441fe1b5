package dev.landfall.engine;

import dev.landfall.json.EventReader;
import dev.landfall.spi.Receiver;

/**
 * Moves deliveries to sinks: records them, claims them, fetches, stores and settles.
 *
 * <p>The parts and what passes between them, downwards only: {@code Intake} records and answers,
 * {@code Dispatcher} claims, {@code Attempts} settles what {@code Lander} does with the help of
 * {@code Spool}.
 */
public final class Engine implements AutoCloseable {

  private final EngineSetup setup;
  private final Spool spool;
  private final Dispatcher dispatcher;
  private final Intake intake;

  /**
   * Assembles an engine and opens its spool.
   *
   * @param setup what it is made of
   * @throws dev.landfall.event.LandfallException if the spool cannot be used
   */
  public Engine(EngineSetup setup) {
    this.setup = setup;
    this.spool = Spool.open(setup.spool());
    EventReader reader = new EventReader();
    Listeners listeners = new Listeners(setup.listeners());
    Custody custody = new Custody(setup.ledger().durable());
    Lander lander = new Lander(setup, spool, listeners);
    Attempts attempts = new Attempts(setup, reader, lander, spool, listeners, custody);
    this.dispatcher = new Dispatcher(setup, attempts::make);
    this.intake = new Intake(setup, reader, listeners, custody, dispatcher::wake);
  }

  /** Begins to work on what the ledger holds. */
  public void start() {
    dispatcher.start();
  }

  /** {@return what takes deliveries from any source} */
  public Receiver receiver() {
    return intake;
  }

  /**
   * Finishes what is under way within the drain time, leaves the rest in the ledger, and closes the
   * ledger. To be called after the sources are closed. Never throws.
   */
  @Override
  public void close() {
    dispatcher.close();
    setup.ledger().close();
    spool.close();
  }
}
