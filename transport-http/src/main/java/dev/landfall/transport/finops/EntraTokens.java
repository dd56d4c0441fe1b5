package dev.landfall.transport.finops;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bearer tokens of Microsoft Entra ID for an F&amp;O environment, given to an application by its
 * secret or its certificate.
 *
 * <pre>{@code
 * EntraTokens tokens = EntraTokens.of("contoso.onmicrosoft.com", clientId)
 *     .secret(secret)
 *     .forEnvironment(URI.create("https://contoso.operations.dynamics.com"));
 * }</pre>
 *
 * <p>The application is one that F&amp;O knows, under "Microsoft Entra ID applications", with a
 * user. A token is kept and asked for anew 5 minutes before its end. One thread at a time asks;
 * meanwhile the others go on with a token that is still good, and wait where there is none. A
 * failure is remembered, too, for 5 seconds or for as long as Entra asks to be left alone, at most
 * 10 minutes. Safe for many threads; shows no token in any text.
 *
 * <p>Source: Microsoft, "OAuth 2.0 client credentials flow on the Microsoft identity platform".
 */
public final class EntraTokens implements Supplier<String> {

  /** The authority of the cloud of the US government. */
  public static final URI US_GOVERNMENT = URI.create("https://login.microsoftonline.us");

  /** The authority of the cloud in China. */
  public static final URI CHINA = URI.create("https://login.partner.microsoftonline.cn");

  private static final Logger LOG = LoggerFactory.getLogger(EntraTokens.class);
  private static final Duration EARLY = Duration.ofMinutes(5);
  private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Supplier<EntraToken> entra;
  private final Clock clock;
  private final String shown;
  private final AtomicReference<@Nullable CountDownLatch> renewal = new AtomicReference<>();
  private volatile Held held = new Held("", Instant.MIN, Instant.MIN);
  private volatile @Nullable Failure failure;

  EntraTokens(Supplier<EntraToken> entra, Clock clock, String shown) {
    this.entra = entra;
    this.clock = clock;
    this.shown = shown;
  }

  /** A token with the time from which a new one is asked for, and until which it is used. */
  private record Held(String token, Instant renewAt, Instant usedUntil) {

    /** A short life is divided, so that a token is used at all. */
    static Held of(EntraToken given, Instant asked) {
      Duration life = given.lifetime();
      return new Held(
          given.value(),
          asked.plus(life).minus(least(EARLY, life.dividedBy(2))),
          asked.plus(life).minus(least(ON_ITS_WAY, life.dividedBy(4))));
    }
  }

  private record Failure(FetchException told, Instant since, Instant until) {

    /** A clock that was set back must not prolong it. */
    boolean holds(Instant now) {
      return !now.isBefore(since) && now.isBefore(until);
    }

    FetchException again(Instant now) {
      return told.retryAfter().isZero() ? told : told.askingFor(Duration.between(now, until));
    }
  }

  /**
   * Begins with an application in the public cloud.
   *
   * @param tenant its id, a GUID, or a domain of it such as {@code contoso.onmicrosoft.com}
   * @param application its id, a GUID
   * @return what takes the credential
   * @throws IllegalArgumentException if they are not so
   */
  public static EntraTokensBuilder of(String tenant, String application) {
    return new EntraTokensBuilder(tenant, application);
  }

  /**
   * {@return a token that is good for another minute at least, unless Entra gives shorter ones}
   *
   * @throws FetchException if there is none; retryable unless the application must be mended
   */
  @Override
  public String get() {
    while (true) {
      Instant now = clock.instant();
      Held current = held;
      if (now.isBefore(current.renewAt)) {
        return current.token;
      }
      Failure last = lasting(now);
      CountDownLatch mine = new CountDownLatch(1);
      @Nullable CountDownLatch other = last == null ? renewal.compareAndExchange(null, mine) : null;
      if (last == null && other == null) {
        renew(mine);
      } else if (now.isBefore(current.usedUntil)) {
        return current.token;
      } else if (other != null) {
        await(other);
      } else if (last != null) {
        throw last.again(now);
      }
    }
  }

  /** {@return why nobody is to ask yet, or null} */
  private @Nullable Failure lasting(Instant now) {
    Failure last = failure;
    return last != null && last.holds(now) ? last : null;
  }

  private void renew(CountDownLatch mine) {
    try {
      Instant now = clock.instant();
      // Another may have done so, or have failed, between the look and the turn.
      if (!now.isBefore(held.renewAt) && lasting(now) == null) {
        held = Held.of(entra.get(), now);
        failure = null;
      }
    } catch (FetchException failed) {
      if (Thread.currentThread().isInterrupted()) {
        // It concerns this thread alone; who waits has a try of its own.
        throw failed;
      }
      remember(failed);
    } finally {
      renewal.set(null);
      mine.countDown();
    }
  }

  private void remember(FetchException failed) {
    Instant now = clock.instant();
    Duration pause = failed.retryAfter().isZero() ? PAUSE : failed.retryAfter();
    failure = new Failure(failed, now, now.plus(pause));
    if (now.isBefore(held.usedUntil)) {
      LOG.warn(
          "{}: no new token yet; the one at hand is used until {}. {}",
          shown,
          held.usedUntil,
          failed.getMessage());
    }
  }

  private static void await(CountDownLatch other) {
    try {
      other.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw FetchException.passing(
          Reason.FILE_UNAVAILABLE, "The wait for a token of Entra was interrupted.", closing);
    }
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public String toString() {
    return shown;
  }
}
