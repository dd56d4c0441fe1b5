package dev.landfall;

import dev.landfall.download.HttpDownloader;
import dev.landfall.engine.Engine;
import dev.landfall.event.LandfallException;
import dev.landfall.spi.EventSource;
import dev.landfall.spi.FileSink;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Receives events, fetches their files and stores them, from {@link #start} until {@link #close}.
 *
 * <p>A delivery is acknowledged when the ledger has custody of it; from then on the pipeline lands
 * it or keeps it as a dead letter, over restarts and crashes if the ledger is durable.
 */
public final class Pipeline implements AutoCloseable {

  private final List<EventSource> sources;
  private final Engine engine;
  private final HttpDownloader downloader;
  private final List<Route> routes;
  private final LedgerAdmin admin;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);

  Pipeline(
      List<EventSource> sources,
      Engine engine,
      HttpDownloader downloader,
      List<Route> routes,
      LedgerAdmin admin) {
    this.sources = sources;
    this.engine = engine;
    this.downloader = downloader;
    this.routes = routes;
    this.admin = admin;
  }

  /**
   * Begins a pipeline.
   *
   * @param source brings events; closed with the pipeline
   * @return what to say next
   */
  public static PipelineBuilder from(EventSource source) {
    return new PipelineBuilder().from(source);
  }

  /**
   * Asks every sink whether it can store, begins to work on what the ledger holds, then to take
   * deliveries; returns once every source does.
   *
   * @throws LandfallException if a sink can never store as it is set up, see
   *     {@link FileSink#check}; the pipeline is closed then
   * @throws dev.landfall.spi.SourceException if a source cannot begin; the pipeline is closed then
   * @throws IllegalStateException if it was started before
   */
  public void start() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("A pipeline is started once; build another one.");
    }
    try {
      routes.forEach(Route::check);
      engine.start();
      sources.forEach(source -> source.start(engine.receiver()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Blocks until another thread closes the pipeline.
   *
   * @throws InterruptedException if the thread is interrupted; the pipeline goes on
   */
  public void awaitClose() throws InterruptedException {
    ended.await();
  }

  /**
   * Turns every delivery away, so that its sender keeps it and tries again; what is recorded goes
   * on. For maintenance; a pipeline begins unpaused.
   */
  public void pauseIntake() {
    engine.pauseIntake();
  }

  /** Takes deliveries again. */
  public void resumeIntake() {
    engine.resumeIntake();
  }

  /**
   * Leaves the landings of one route in the ledger; events for it go on being recorded, and what is
   * under way is finished. It holds for this pipeline, not for others on the same ledger, and until
   * it ends. Mind that links die meanwhile.
   *
   * @param route its name
   * @throws IllegalArgumentException if there is no such route
   */
  public void pause(String route) {
    engine.pause(known(route));
  }

  /**
   * Works on a route again.
   *
   * @param route its name
   * @throws IllegalArgumentException if there is no such route
   */
  public void resume(String route) {
    engine.resume(known(route));
  }

  private String known(String route) {
    List<String> names = routes.stream().map(Route::name).sorted().toList();
    if (!names.contains(route)) {
      throw new IllegalArgumentException(
          "The pipeline has no route %s, only %s.".formatted(route, names));
    }
    return route;
  }

  /** {@return what finds, shows, replays and discards landings; works as long as the pipeline} */
  public LedgerAdmin admin() {
    return admin;
  }

  /**
   * Stops taking deliveries, finishes what is under way within the drain time, leaves the rest in
   * the ledger, and closes sources, ledger and the reader of files. Never throws; a second call
   * does nothing.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      sources.forEach(EventSource::close);
      engine.close();
      downloader.close();
      ended.countDown();
    }
  }
}
