package dev.landfall.spi;

/**
 * A transport that brings events.
 *
 * <p>The pipeline calls {@link #start} once and {@link #close} once, on the thread that starts or
 * closes the pipeline; a source is not started again. A source acknowledges a delivery only as its
 * {@link Disposition} says.
 */
public interface EventSource extends AutoCloseable {

  /** {@return a short name for logs, such as {@code webhook :8443}} */
  String name();

  /**
   * Begins to take deliveries and returns once it does.
   *
   * @param receiver takes what arrives
   * @throws SourceException if it cannot begin; nothing is left open then
   */
  void start(Receiver receiver);

  /**
   * Stops taking deliveries, gives those already taken their answer as far as its sender waits for
   * it, and frees everything. Never throws; does nothing if the source was never started.
   */
  @Override
  void close();
}
