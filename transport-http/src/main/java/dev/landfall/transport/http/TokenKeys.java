package dev.landfall.transport.http;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that a tenant signs with: fetched in the background, kept over failures, and never
 * waited for.
 */
final class TokenKeys {

  /** What is known of a key. */
  enum Standing {
    /** It is there. */
    KNOWN,
    /** The tenant has none of that name, as of a moment ago. */
    UNKNOWN,
    /** The keys are being fetched, or could not be. */
    PENDING
  }

  /**
   * A key, if it is known.
   *
   * @param standing what is known
   * @param key null unless it is known
   */
  record Found(Standing standing, @Nullable JWK key) {}

  private static final Logger LOG = LoggerFactory.getLogger(TokenKeys.class);
  private static final Duration MOST_AGE = Duration.ofHours(1);
  private static final Duration LEAST_AGE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI address;
  private final Duration patience;
  private final Duration pause;
  private final HttpClient client;
  // Guarded by this, in nanoseconds.
  private @Nullable JWKSet keys;
  private long fetchedAt;
  private long triedAt;
  private boolean tried;
  private boolean fetching;

  TokenKeys(URI address) {
    this(address, PATIENCE, PAUSE);
  }

  TokenKeys(URI address, Duration patience, Duration pause) {
    this.address = address;
    this.patience = patience;
    this.pause = pause;
    client = HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(patience)
        .build();
  }

  synchronized Found find(@Nullable String id) {
    JWK key = keys == null || id == null ? null : keys.getKeyByKeyId(id);
    long age = System.nanoTime() - fetchedAt;
    if (key != null) {
      if (age > MOST_AGE.toNanos()) {
        fetch();
      }
      return new Found(Standing.KNOWN, key);
    }
    if (keys != null && age < LEAST_AGE.toNanos()) {
      return new Found(Standing.UNKNOWN, null);
    }
    fetch();
    return new Found(Standing.PENDING, null);
  }

  private synchronized void fetch() {
    long now = System.nanoTime();
    if (fetching || (tried && now - triedAt < pause.toNanos())) {
      return;
    }
    fetching = true;
    tried = true;
    triedAt = now;
    CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
        HttpRequest.newBuilder(address).timeout(patience).GET().build(),
        HttpResponse.BodyHandlers.ofString());
    // The request's own timeout ends where the body begins, which may never end.
    var unused = answer
        .copy()
        .orTimeout(2 * patience.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((told, failure) -> {
          answer.cancel(true);
          fetched(told, failure);
        });
  }

  private synchronized void fetched(
      @Nullable HttpResponse<String> answer, @Nullable Throwable failure) {
    fetching = false;
    try {
      if (answer == null || answer.statusCode() != 200) {
        LOG.warn(
            "The keys at {} cannot be fetched ({}); senders with tokens are told to try later.",
            address,
            answer == null ? failure : "status " + answer.statusCode());
        return;
      }
      JWKSet found = JWKSet.parse(answer.body());
      if (found.isEmpty()) {
        LOG.warn("There are no keys at {}; those that were there before stay good.", address);
        return;
      }
      keys = found;
      fetchedAt = System.nanoTime();
    } catch (ParseException malformed) {
      LOG.warn("The keys at {} are malformed; senders are told to try later.", address, malformed);
    }
  }
}
