package dev.landfall;

import dev.landfall.download.DownloadLimits;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.HttpDownloader;
import dev.landfall.download.HttpReader;
import dev.landfall.download.JdkHttpReader;
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

/** Assembles a pipeline; everything but sources and routes has a default. */
public final class PipelineBuilder {

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
  private long spoolLimit = Long.MAX_VALUE;
  private DownloadLimits downloads = DownloadLimits.usual();
  private Clock clock = Clock.systemUTC();

  PipelineBuilder() {}

  /**
   * Adds a source.
   *
   * @param source brings events; closed with the pipeline
   * @return this
   */
  public PipelineBuilder from(EventSource source) {
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
  public PipelineBuilder route(Route route) {
    if (routes.stream().anyMatch(other -> other.name().equals(route.name()))) {
      throw new IllegalArgumentException(
          "The routes of a pipeline have different names; there is a route %s already."
              .formatted(route.name()));
    }
    routes.add(route);
    return this;
  }

  /**
   * Sets what remembers the landings; default a {@link MemoryLedger}, with which senders wait until
   * their event is stored.
   *
   * @param memory closed with the pipeline
   * @return this
   */
  public PipelineBuilder ledger(Ledger memory) {
    this.ledger = memory;
    return this;
  }

  /**
   * Sets which links may be followed; default {@link HostPolicy#azureStorage()}.
   *
   * @param policy asked before each download
   * @return this
   */
  public PipelineBuilder hosts(HostPolicy policy) {
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
  public PipelineBuilder reader(HttpReader.Opener opener) {
    this.reader = opener;
    return this;
  }

  /**
   * Sets what a download may cost; default {@link DownloadLimits#usual()}.
   *
   * @param limits for each download; the speed for all together
   * @return this
   */
  public PipelineBuilder downloads(DownloadLimits limits) {
    this.downloads = limits;
    return this;
  }

  /**
   * Sets when failed landings are tried again; default for two days, backing off from 2 seconds to
   * 5 minutes.
   *
   * @param policy for all routes
   * @return this
   */
  public PipelineBuilder retry(RetryPolicy policy) {
    this.retry = policy;
    return this;
  }

  /**
   * Sets when a sink that fails is left alone; default after 5 failures in a row, from 1 second to
   * 1 minute.
   *
   * @param policy for each sink
   * @return this
   */
  public PipelineBuilder circuit(CircuitPolicy policy) {
    this.circuit = policy;
    return this;
  }

  /**
   * Adds one who hears of every step; default nobody.
   *
   * @param listener quick and thread-safe
   * @return this
   */
  public PipelineBuilder listener(PipelineListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Sets the folder that holds downloaded files until every sink has them; default
   * {@code landfall-spool} in the working directory. It serves one pipeline at a time and should
   * survive a restart, because a file whose sink is down waits there even after its link has died.
   *
   * @param folder created if it is not there
   * @return this
   */
  public PipelineBuilder spool(Path folder) {
    this.spool = folder;
    return this;
  }

  /**
   * Sets how many bytes the spool folder may hold; default no limit but the disk. A file that has
   * no room waits and is tried again, so the limit must be larger than the largest file, with room
   * for as many as there are workers, and for those that wait while a sink is down.
   *
   * @param bytes at least 1
   * @return this
   */
  public PipelineBuilder spoolLimit(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "A spool may hold at least 1 byte, not %d.".formatted(bytes));
    }
    this.spoolLimit = bytes;
    return this;
  }

  /**
   * Sets how many landings are worked on at once; default 8.
   *
   * @param count at least 1
   * @return this
   */
  public PipelineBuilder workers(int count) {
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
  public PipelineBuilder downloadsPerHost(int count) {
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
  public PipelineBuilder backlogLimit(long count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "A ledger may hold at least 1 pending landing, not %d.".formatted(count));
    }
    this.backlog = count;
    return this;
  }

  /**
   * Sets how long the ledger remembers landings that were stored or discarded; default 14 days. An
   * event that is delivered again after that is new and lands again, so it must be longer than any
   * sender goes on trying: Event Grid does for 24 hours, a person may resend from F&amp;O's error
   * log days later. Dead letters stay until they are replayed or discarded.
   *
   * @param time at least 25 hours
   * @return this
   */
  public PipelineBuilder keepFor(Duration time) {
    if (time.compareTo(SHORTEST_RETENTION) < 0) {
      throw new IllegalArgumentException(
          "Event Grid delivers again for 24 hours, so a ledger remembers for at least %s, not %s."
              .formatted(SHORTEST_RETENTION, time));
    }
    this.retention = time;
    return this;
  }

  /**
   * Sets how long another instance on the same ledger waits before it takes over a landing from one
   * that died; default 60 seconds. Leases are renewed as long as the work goes on.
   *
   * @param time at least 1 second
   * @return this
   */
  public PipelineBuilder lease(Duration time) {
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
  public PipelineBuilder drainWithin(Duration time) {
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
  public PipelineBuilder clock(Clock time) {
    this.clock = time;
    return this;
  }

  /**
   * Assembles the pipeline and opens its spool; nothing runs before {@link Pipeline#start}. If the
   * spool cannot be used, the ledger and the reader are closed.
   *
   * @return the pipeline
   * @throws IllegalStateException if there is no route
   * @throws dev.landfall.event.LandfallException if the spool cannot be used
   */
  public Pipeline build() {
    if (routes.isEmpty()) {
      throw new IllegalStateException("A pipeline has at least one route; add it with route(...).");
    }
    HttpDownloader downloader = null;
    try {
      downloader = new HttpDownloader(hosts, clock, reader, downloads);
      Engine engine = new Engine(setup(downloader));
      return new Pipeline(
          List.copyOf(sources),
          engine,
          downloader,
          List.copyOf(routes),
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
        new Limits(workers, downloadsPerHost, backlog, lease, drain, retention, spoolLimit));
  }
}
