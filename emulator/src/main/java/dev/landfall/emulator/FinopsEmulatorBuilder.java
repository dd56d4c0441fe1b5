package dev.landfall.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Settings of an emulator; each has the default of a real environment. */
public final class FinopsEmulatorBuilder {

  private static final int MOST_THREADS = 4;

  Clock clock = Clock.systemUTC();

  @Nullable
  Path folder;

  Duration linkLifetime = Duration.ofMinutes(60);
  EventForm form = EventForm.CURRENT;
  long cutAfter = Long.MAX_VALUE;
  DeliveryRule rule = DeliveryRule.DEFAULT;
  int threads = MOST_THREADS;

  Duration tokenLifetime = Duration.ofHours(1);
  Duration redeliverAfter = Duration.ofMinutes(30);
  String executionsEntity = "DataManagementExecutionJobDetails";
  int executionsPage = 100;
  Optional<SSLContext> tokenTls = Optional.empty();

  @Nullable
  SSLContext tls;

  FinopsEmulatorBuilder() {}

  /**
   * Sets what events and links take their time from, and what tells whether a link is alive.
   *
   * <p>Pauses, timeouts and schedules run in real time whatever the clock says.
   *
   * @param value the default is the system's clock
   * @return this
   */
  public FinopsEmulatorBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /**
   * Sets where exported files are kept.
   *
   * @param value is made if it is missing, and stays with its files when the emulator is closed;
   *     the default is a temporary folder, which goes then
   * @return this
   */
  public FinopsEmulatorBuilder folder(Path value) {
    folder = value;
    return this;
  }

  /**
   * Sets how long a link lives after its event's time; a project may have its own.
   *
   * @param value the default is 60 minutes; a negative one makes links that are dead on arrival
   * @return this
   */
  public FinopsEmulatorBuilder linkLifetime(Duration value) {
    linkLifetime = value;
    return this;
  }

  /**
   * Breaks every download off after so many bytes, as a bad connection does; what is asked for from
   * there on may be as long again.
   *
   * @param bytes of a body, at least 1; the default is to break off none
   * @return this
   * @throws IllegalArgumentException if it is less
   */
  public FinopsEmulatorBuilder cutDownloadsAfter(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "A download is cut after 1 byte or more, not %d.".formatted(bytes));
    }
    cutAfter = bytes;
    return this;
  }

  /**
   * Sets which members events have.
   *
   * @param value the default is the current form
   * @return this
   */
  public FinopsEmulatorBuilder eventForm(EventForm value) {
    form = value;
    return this;
  }

  /**
   * Sets how long one try to deliver an event may take: from connecting to the end of the answer,
   * or until a message is sent.
   *
   * @param value positive; the default is 10 seconds
   * @return this
   * @throws IllegalArgumentException if it is not positive
   */
  public FinopsEmulatorBuilder deliveryTimeout(Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(
          "A delivery timeout is positive, not %s.".formatted(value));
    }
    rule = new DeliveryRule(value, rule.retries(), rule.pause());
    return this;
  }

  /**
   * Sets how many tries follow a first one that failed.
   *
   * @param value 0 or more; the default is 3
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public FinopsEmulatorBuilder retries(int value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          "An event is retried 0 times or more, not %d.".formatted(value));
    }
    rule = new DeliveryRule(rule.timeout(), value, rule.pause());
    return this;
  }

  /**
   * Sets the pause before each further try.
   *
   * @param value 0 or more; the default is 1 second
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public FinopsEmulatorBuilder retryPause(Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("A retry pause is 0 or more, not %s.".formatted(value));
    }
    rule = new DeliveryRule(rule.timeout(), rule.retries(), value);
    return this;
  }

  /**
   * Sets how many events are sent at the same time; with 1 they arrive in the order of exports.
   *
   * @param value 1 to 4; the default is 4
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public FinopsEmulatorBuilder processingThreads(int value) {
    if (value < 1 || value > MOST_THREADS) {
      throw new IllegalArgumentException(
          "F&O sends events on 1 to %d threads, not %d.".formatted(MOST_THREADS, value));
    }
    threads = value;
    return this;
  }

  /**
   * Sets which certificates of HTTPS endpoints are trusted.
   *
   * @param value the default is the JDK's own
   * @return this
   */
  public FinopsEmulatorBuilder sslContext(SSLContext value) {
    tls = value;
    return this;
  }

  /**
   * Sets how long a token lets in, by the emulator's clock.
   *
   * @param value the default is 1 hour
   * @return this
   */
  public FinopsEmulatorBuilder tokenLifetime(Duration value) {
    tokenLifetime = value;
    return this;
  }

  /**
   * Serves the token endpoint with TLS too, on a port of its own; {@link FinopsEmulator#authority}
   * tells where.
   *
   * @param value has the certificate
   * @return this
   */
  public FinopsEmulatorBuilder tokensOverTls(SSLContext value) {
    tokenTls = Optional.of(value);
    return this;
  }

  /**
   * Sets after which time a message of a recurring export that was not acknowledged is handed out
   * again, by the emulator's clock.
   *
   * @param value the default is 30 minutes
   * @return this
   */
  public FinopsEmulatorBuilder redeliverAfter(Duration value) {
    redeliverAfter = value;
    return this;
  }

  /**
   * Sets under which name executions are listed.
   *
   * @param value the default is {@code DataManagementExecutionJobDetails}
   * @return this
   */
  public FinopsEmulatorBuilder executionsEntity(String value) {
    executionsEntity = value;
    return this;
  }

  /**
   * Sets how many executions a page of their list has.
   *
   * @param value at least 1; the default is 100
   * @return this
   * @throws IllegalArgumentException if it is less
   */
  public FinopsEmulatorBuilder executionsPage(int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "A page has 1 execution or more, not %d.".formatted(value));
    }
    executionsPage = value;
    return this;
  }

  /**
   * {@return a running emulator, to be closed by the caller}
   *
   * @throws UncheckedIOException if the folder cannot be made or no port is free
   */
  public FinopsEmulator start() {
    try {
      return new FinopsEmulator(new Parts(
          this,
          folder == null
              ? Files.createTempDirectory("landfall-emulator-")
              : Files.createDirectories(folder)));
    } catch (IOException failure) {
      throw new UncheckedIOException("The emulator has no folder to keep its files in.", failure);
    }
  }

  SSLContext tls() {
    try {
      return tls == null ? SSLContext.getDefault() : tls;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
