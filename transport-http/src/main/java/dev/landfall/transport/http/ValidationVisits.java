package dev.landfall.transport.http;

import dev.landfall.download.HostPolicy;
import dev.landfall.event.LandfallException;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agrees to subscriptions of Event Grid by reading the address that a validation brings, in the
 * background, until it answers or its 10 minutes are over.
 *
 * <p>The address comes from whoever posts, so it is read only where Event Grid itself answers: over
 * https, at a name below its domains, on its port, at public addresses; no redirect is followed.
 * The JDK's client looks the name up once more; whoever answers then must still prove to be of that
 * domain before it hears the address. An origin that is trusted is read as it is.
 */
final class ValidationVisits implements AutoCloseable {

  /** The first lets the answer to the validation go out; in all less than 10 minutes. */
  static final List<Duration> PAUSES = List.of(
      Duration.ofSeconds(1),
      Duration.ofSeconds(5),
      Duration.ofSeconds(15),
      Duration.ofSeconds(45),
      Duration.ofMinutes(2),
      Duration.ofMinutes(4));

  private static final Logger LOG = LoggerFactory.getLogger(ValidationVisits.class);
  private static final Pattern EVENT_GRID =
      Pattern.compile("([a-z0-9-]{1,63}\\.)+eventgrid\\.azure\\.(net|us|cn)");
  private static final Set<Integer> PORTS = Set.of(443, 553);
  private static final int LONGEST = 4096;
  private static final int AT_ONCE = 4;
  private static final int MOST_WAITING = 16;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Set<URI> trusted;
  private final HostPolicy addresses;
  private final List<Duration> pauses;
  private final Semaphore room = new Semaphore(MOST_WAITING);
  private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
      AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
        Thread worker = new Thread(work, "landfall-event-grid");
        worker.setDaemon(true);
        return worker;
      });
  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .followRedirects(HttpClient.Redirect.NEVER)
      .proxy(HttpClient.Builder.NO_PROXY)
      .connectTimeout(CONNECT)
      .build();

  /** Of origins that are trusted, and pauses before each of the tries. */
  ValidationVisits(Set<URI> trusted, List<Duration> pauses) {
    this.trusted = Set.copyOf(trusted);
    this.pauses = List.copyOf(pauses);
    HostPolicy policy = HostPolicy.nothing();
    for (URI origin : trusted) {
      policy = policy.trust(origin);
    }
    this.addresses = policy;
    workers.allowCoreThreadTimeOut(true);
  }

  /** {@return an address that may be read, as far as it tells by itself} */
  Optional<URI> allowed(String address) {
    URI uri;
    try {
      uri = address.length() > LONGEST ? URI.create("") : URI.create(address);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null) {
      return Optional.empty();
    }
    boolean isEventGrid = "https".equalsIgnoreCase(uri.getScheme())
        && EVENT_GRID.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches()
        && PORTS.contains(port(uri));
    return Optional.of(uri)
        .filter(known -> isEventGrid || trusted.stream().anyMatch(origin -> isAt(known, origin)));
  }

  private static boolean isAt(URI address, URI origin) {
    return String.valueOf(origin.getScheme()).equalsIgnoreCase(address.getScheme())
        && String.valueOf(origin.getHost()).equalsIgnoreCase(address.getHost())
        && port(origin) == port(address);
  }

  private static int port(URI uri) {
    if (uri.getPort() != -1) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  /** {@return whether an {@link #allowed} address will be read; not, if too many wait for that} */
  boolean visit(String subscription, URI address) {
    if (!room.tryAcquire()) {
      return false;
    }
    later(subscription, address, 0);
    return true;
  }

  private void later(String subscription, URI address, int tried) {
    CompletableFuture.delayedExecutor(pauses.get(tried).toNanos(), TimeUnit.NANOSECONDS, workers)
        .execute(() -> attempt(subscription, address, tried));
  }

  private void attempt(String subscription, URI address, int tried) {
    boolean again = false;
    try {
      again = !read(subscription, address, tried);
    } finally {
      if (again && tried + 1 < pauses.size() && !workers.isShutdown()) {
        later(subscription, address, tried + 1);
      } else {
        room.release();
      }
    }
  }

  /** {@return whether it is decided} */
  private boolean read(String subscription, URI address, int tried) {
    String place = address.getHost() + ":" + port(address);
    String outcome;
    try {
      var unused = addresses.addressesOf(address.getHost(), port(address));
      int status = status(address);
      if (status / 100 == 2) {
        LOG.info(
            "Event Grid was told at {} that the subscription {} is agreed to.",
            place,
            subscription);
        return true;
      }
      if (status / 100 == 3) {
        LOG.warn(
            "The subscription {} is not agreed to: {} redirects, which is not followed.",
            subscription,
            place);
        return true;
      }
      outcome = "status " + status;
    } catch (UnknownHostException unknown) {
      outcome = "its host has no address";
    } catch (LandfallException refused) {
      LOG.warn("The subscription {} is not agreed to. {}", subscription, refused.getMessage());
      return true;
    } catch (IOException failure) {
      outcome = failure.getClass().getSimpleName();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return true;
    }
    boolean last = tried + 1 == pauses.size();
    LOG.warn(
        "Event Grid cannot be told at {} that the subscription {} is agreed to ({}); {}.",
        place,
        subscription,
        outcome,
        last ? "its time is over, so create the subscription again" : "it is tried again");
    return false;
  }

  private int status(URI address) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(
        HttpRequest.newBuilder(address).GET().build(), HttpResponse.BodyHandlers.discarding());
    try {
      return answer.get(ANSWER.toNanos(), TimeUnit.NANOSECONDS).statusCode();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException fault ? fault : new IOException(failed);
    } catch (TimeoutException late) {
      throw new IOException(late);
    } finally {
      answer.cancel(true);
    }
  }

  /** Gives up what waits. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
