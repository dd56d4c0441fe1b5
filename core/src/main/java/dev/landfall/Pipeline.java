package dev.landfall;

import dev.landfall.download.HostPolicy;
import dev.landfall.download.HttpDownloader;
import dev.landfall.download.HttpReader;
import dev.landfall.download.JdkHttpReader;
import dev.landfall.download.Patience;
import dev.landfall.engine.Engine;
import dev.landfall.engine.EngineSetup;
import dev.landfall.engine.Limits;
import dev.landfall.engine.SpoolDisk;
import dev.landfall.engine.ThreadScheduler;
import dev.landfall.spi.CircuitPolicy;
import dev.landfall.spi.EventSource;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.RetryPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

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
  private final Set<String> routes;
  private final LedgerAdmin admin;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);

  private Pipeline(
      List<EventSource> sources,
      Engine engine,
      HttpDownloader downloader,
      Set<String> routes,
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
  public static Builder from(EventSource source) {
    return new Builder().from(source);
  }

  /**
   * Begins to work on what the ledger holds, then to take deliveries; returns once every source
   * does.
   *
   * @throws dev.landfall.spi.SourceException if a source cannot begin; the pipeline is closed then
   * @throws IllegalStateException if it was started before
   */
  public void start() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("A pipeline is started once; build another one.");
    }
    engine.start();
    try {
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
    if (!routes.contains(route)) {
      throw new IllegalArgumentException(
          "The pipeline has no route %s, only %s.".formatted(route, routes));
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

  /** Assembles a pipeline; everything but sources and routes has a default. */
  public static final class Builder {

    private static final Duration SHORTEST_RETENTION = Duration.ofHours(25);

    private final List<EventSource> sources = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<PipelineListener> listeners = new ArrayList<>();
    private Ledger ledger = MemoryLedger.create();
    private HostPolicy hosts = HostPolicy.azureStorage();
    private HttpReader.Opener reader = JdkHttpReader::open;
    private RetryPolicy retry = RetryPolicy.upTo(Duration.ofDays(2));
    private CircuitPolicy circuit = CircuitPolicy.after(5);
    private Path spool = Path.of("landfall-spool");
    private int workers = 8;
    private int downloadsPerHost = 8;
    private long backlog = 1_000_000;
    private Duration retention = Duration.ofDays(14);
    private Duration lease = Duration.ofSeconds(60);
    private Duration drain = Duration.ofSeconds(30);
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /**
     * Adds a source.
     *
     * @param source brings events; closed with the pipeline
     * @return this
     */
    public Builder from(EventSource source) {
      sources.add(source);
      return this;
    }

    /**
     * Adds a route; an event goes along every route that wants it.
     *
     * @param route its name unique in the pipeline
     * @return this
     * @throws IllegalArgumentException if there is a route of that name
     */
    public Builder route(Route route) {
      if (routes.stream().anyMatch(other -> other.name().equals(route.name()))) {
        throw new IllegalArgumentException(
            "The routes of a pipeline have different names; there is a route %s already."
                .formatted(route.name()));
      }
      routes.add(route);
      return this;
    }

    /**
     * Sets what remembers the landings; default a {@link MemoryLedger}, with which senders wait
     * until their event is stored.
     *
     * @param memory closed with the pipeline
     * @return this
     */
    public Builder ledger(Ledger memory) {
      this.ledger = memory;
      return this;
    }

    /**
     * Sets which links may be followed; default {@link HostPolicy#azureStorage()}.
     *
     * @param policy asked before each download
     * @return this
     */
    public Builder hosts(HostPolicy policy) {
      this.hosts = policy;
      return this;
    }

    /**
     * Sets the HTTP client that fetches files; default {@link JdkHttpReader}, the one that the JDK
     * brings. {@code ApacheHttpReader::open} of {@code landfall-download-apache} does the same with
     * less work, for small files far less.
     *
     * @param opener makes it, once, when the pipeline is built; closed with the pipeline
     * @return this
     */
    public Builder reader(HttpReader.Opener opener) {
      this.reader = opener;
      return this;
    }

    /**
     * Sets when failed landings are tried again; default for two days, backing off from 2 seconds
     * to 5 minutes.
     *
     * @param policy for all routes
     * @return this
     */
    public Builder retry(RetryPolicy policy) {
      this.retry = policy;
      return this;
    }

    /**
     * Sets when a sink that fails is left alone; default after 5 failures in a row, from 1 second
     * to 1 minute.
     *
     * @param policy for each sink
     * @return this
     */
    public Builder circuit(CircuitPolicy policy) {
      this.circuit = policy;
      return this;
    }

    /**
     * Adds one who hears of every step; default nobody.
     *
     * @param listener quick and thread-safe
     * @return this
     */
    public Builder listener(PipelineListener listener) {
      listeners.add(listener);
      return this;
    }

    /**
     * Sets the folder that holds downloaded files until every sink has them; default
     * {@code landfall-spool} in the working directory. It serves one pipeline at a time and should
     * survive a restart, because a file whose sink is down waits there even after its link has
     * died.
     *
     * @param folder created if it is not there
     * @return this
     */
    public Builder spool(Path folder) {
      this.spool = folder;
      return this;
    }

    /**
     * Sets how many landings are worked on at once; default 8.
     *
     * @param count at least 1
     * @return this
     */
    public Builder workers(int count) {
      if (count < 1) {
        throw new IllegalArgumentException(
            "A pipeline needs at least 1 worker, not %d.".formatted(count));
      }
      this.workers = count;
      return this;
    }

    /**
     * Sets how many files are fetched from one host at once; default 8. A worker that waits for its
     * host does nothing else, so there should be more workers than this where events without files,
     * or other hosts, must not wait.
     *
     * @param count at least 1
     * @return this
     */
    public Builder downloadsPerHost(int count) {
      if (count < 1) {
        throw new IllegalArgumentException(
            "A host allows at least 1 download, not %d.".formatted(count));
      }
      this.downloadsPerHost = count;
      return this;
    }

    /**
     * Sets how many landings may be pending in the ledger, those of other pipelines on it included;
     * default 1,000,000. Beyond it senders are told to try later. It is counted every 5 seconds, so
     * several pipelines together may go somewhat beyond.
     *
     * @param count at least 1
     * @return this
     */
    public Builder backlogLimit(long count) {
      if (count < 1) {
        throw new IllegalArgumentException(
            "A ledger may hold at least 1 pending landing, not %d.".formatted(count));
      }
      this.backlog = count;
      return this;
    }

    /**
     * Sets how long the ledger remembers landings that were stored or discarded; default 14 days.
     * An event that is delivered again after that is new and lands again, so it must be longer than
     * any sender goes on trying: Event Grid does for 24 hours, a person may resend from F&amp;O's
     * error log days later. Dead letters stay until they are replayed or discarded.
     *
     * @param time at least 25 hours
     * @return this
     */
    public Builder keepFor(Duration time) {
      if (time.compareTo(SHORTEST_RETENTION) < 0) {
        throw new IllegalArgumentException(
            "Event Grid delivers again for 24 hours, so a ledger remembers for at least %s, not %s."
                .formatted(SHORTEST_RETENTION, time));
      }
      this.retention = time;
      return this;
    }

    /**
     * Sets how long another instance on the same ledger waits before it takes over a landing from
     * one that died; default 60 seconds. Leases are renewed as long as the work goes on.
     *
     * @param time at least 1 second
     * @return this
     */
    public Builder lease(Duration time) {
      if (time.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException(
            "A lease holds at least 1 second, not %s.".formatted(time));
      }
      this.lease = time;
      return this;
    }

    /**
     * Sets how long {@link Pipeline#close} waits for landings under way; default 30 seconds.
     *
     * @param time zero or more
     * @return this
     */
    public Builder drainWithin(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException(
            "A drain time is not negative, unlike %s.".formatted(time));
      }
      this.drain = time;
      return this;
    }

    /**
     * Sets the clock; default the system's.
     *
     * @param time only its instant counts
     * @return this
     */
    public Builder clock(Clock time) {
      this.clock = time;
      return this;
    }

    /**
     * Assembles the pipeline and opens its spool; nothing runs before {@link Pipeline#start}. If
     * the spool cannot be used, the ledger and the reader are closed.
     *
     * @return the pipeline
     * @throws IllegalStateException if there is no route
     * @throws dev.landfall.event.LandfallException if the spool cannot be used
     */
    public Pipeline build() {
      if (routes.isEmpty()) {
        throw new IllegalStateException(
            "A pipeline has at least one route; add it with route(...).");
      }
      HttpDownloader downloader = null;
      try {
        downloader = new HttpDownloader(hosts, clock, reader.open(hosts, Patience.usual()));
        Engine engine = new Engine(setup(downloader));
        Set<String> names =
            routes.stream().map(Route::name).collect(Collectors.toUnmodifiableSet());
        return new Pipeline(
            List.copyOf(sources),
            engine,
            downloader,
            names,
            new LedgerAdmin(ledger, routes, clock, engine::isSpooled));
      } catch (RuntimeException e) {
        if (downloader != null) {
          downloader.close();
        }
        ledger.close();
        throw e;
      }
    }

    private EngineSetup setup(HttpDownloader downloader) {
      return new EngineSetup(
          routes.stream().map(Route::plan).toList(),
          ledger,
          downloader,
          retry,
          circuit,
          List.copyOf(listeners),
          new ThreadScheduler(workers),
          clock,
          new Random(),
          spool,
          SpoolDisk.local(),
          new Limits(workers, downloadsPerHost, backlog, lease, drain, retention));
    }
  }
}
