package dev.landfall.engine;

import dev.landfall.json.EventReader;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.Receiver;

/**
 * Moves deliveries to sinks: records them, claims them, fetches, stores and settles.
 *
 * <p>The parts and what passes between them, downwards only: {@code Intake} records and answers
 * what the {@code Gate} lets in, {@code Dispatcher} claims, {@code Attempts} settles what
 * {@code Lander} does with the help of {@code Spool}, {@code Circuits} and {@code Hosts}.
 * {@code Upkeep} counts and tidies beside them.
 */
public final class Engine implements AutoCloseable {

  private final EngineSetup setup;
  private final Spool spool;
  private final Gate gate;
  private final Dispatcher dispatcher;
  private final Upkeep upkeep;
  private final Intake intake;

  /**
   * Assembles an engine and opens its spool.
   *
   * @param setup what it is made of
   * @throws dev.landfall.event.LandfallException if the spool cannot be used
   */
  public Engine(EngineSetup setup) {
    this.setup = setup;
    this.spool = Spool.open(setup.spool(), setup.disk(), setup.limits().spool());
    EventReader reader = new EventReader();
    Listeners listeners = new Listeners(setup.listeners());
    Custody custody = new Custody(setup.ledger().durable());
    Lander lander = new Lander(setup, listeners);
    Attempts attempts = new Attempts(setup, reader, lander, spool, listeners, custody);
    this.gate = new Gate(setup.limits().backlog());
    this.dispatcher = new Dispatcher(setup, attempts::make);
    this.upkeep = new Upkeep(setup, spool, gate, custody, listeners);
    this.intake = new Intake(setup, reader, listeners, custody, gate, dispatcher::wake);
  }

  /** Begins to work on what the ledger holds. */
  public void start() {
    dispatcher.start();
    upkeep.start();
  }

  /** {@return what takes deliveries from any source} */
  public Receiver receiver() {
    return intake;
  }

  /** Turns every delivery away until {@link #resumeIntake}; what is recorded goes on. */
  public void pauseIntake() {
    gate.pause();
  }

  /** Takes deliveries again. */
  public void resumeIntake() {
    gate.resume();
  }

  /**
   * Leaves what is recorded for a route in the ledger; what is under way is finished.
   *
   * @param route its name
   */
  public void pause(String route) {
    dispatcher.pause(route);
  }

  /**
   * Works on a route again.
   *
   * @param route its name
   */
  public void resume(String route) {
    dispatcher.resume(route);
  }

  /**
   * {@return whether the file of a landing is on local disk, whatever becomes of its link}
   *
   * @param id which landing
   */
  public boolean isSpooled(LandingId id) {
    return spool.has(id);
  }

  /**
   * Finishes what is under way within the drain time, leaves the rest in the ledger, and closes the
   * ledger. To be called after the sources are closed. Never throws.
   */
  @Override
  public void close() {
    upkeep.close();
    dispatcher.close();
    setup.ledger().close();
    spool.close();
  }
}
