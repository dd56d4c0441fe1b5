package dev.landfall.download.apache;

import dev.landfall.download.HostPolicy;
import dev.landfall.download.HttpAnswer;
import dev.landfall.download.HttpReader;
import dev.landfall.download.Patience;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Reads with Apache HttpClient, on the thread that asks.
 *
 * <p>Connections are kept for 30 s and shared by all downloads; how many there are is bounded by
 * {@code PipelineBuilder.downloadsPerHost}. A host is connected to at an address that its
 * {@link HostPolicy} has allowed at that moment, and no other.
 *
 * <p>The client logs through SLF4J. Its loggers {@code org.apache.hc.client5.http.headers} and
 * {@code org.apache.hc.client5.http.wire} print whole links at level debug; leave them off.
 */
public final class ApacheHttpReader implements HttpReader {

  private static final Duration KEPT = Duration.ofSeconds(30);

  private final PoolingHttpClientConnectionManager connections;
  private final CloseableHttpClient client;
  private final RequestConfig config;
  private final AtomicLong tidiedAt = new AtomicLong(System.nanoTime());
  private volatile boolean closed;

  private ApacheHttpReader(HostPolicy hosts, Patience patience) {
    this.connections = new Connections(hosts, patience, KEPT).build();
    // The minimal client has none of what would have to be switched off: redirects, retries,
    // cookies, authentication, decompression, state of connections.
    this.client = HttpClients.createMinimal(connections);
    // For each read, of the head as well as of the body.
    this.config = RequestConfig.custom()
        .setResponseTimeout(Timeout.of(patience.silence()))
        .build();
  }

  /**
   * {@return a reader}
   *
   * @param hosts asked for addresses at each new connection
   * @param patience how long it waits
   */
  public static ApacheHttpReader open(HostPolicy hosts, Patience patience) {
    return new ApacheHttpReader(hosts, patience);
  }

  @Override
  public HttpAnswer get(URI uri, Map<String, String> headers)
      throws IOException, InterruptedException {
    closeIdle();
    HttpGet request = new HttpGet(uri);
    request.setConfig(config);
    headers.forEach(request::setHeader);
    try {
      var host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
      return new ApacheAnswer(request, client.executeOpen(host, request, null));
    } catch (IOException failure) {
      throw Interrupts.orElse(failure);
    } catch (IllegalStateException failure) {
      if (closed) {
        throw new IOException("The reader is closed.", failure);
      }
      throw failure;
    }
  }

  /** A kept connection is closed by the next request to any host, which saves a thread for it. */
  private void closeIdle() {
    long now = System.nanoTime();
    long last = tidiedAt.get();
    if (now - last > KEPT.toNanos() && tidiedAt.compareAndSet(last, now)) {
      connections.closeIdle(TimeValue.of(KEPT));
    }
  }

  @Override
  public void close() {
    closed = true;
    client.close(CloseMode.IMMEDIATE);
  }
}
