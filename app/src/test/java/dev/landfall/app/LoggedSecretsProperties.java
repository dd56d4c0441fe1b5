package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.LoggingListener;
import dev.landfall.MemoryLedger;
import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.Headers;
import dev.landfall.event.RawEvent;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.EventSource;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.Receiver;
import dev.landfall.spi.RetryPolicy;
import dev.landfall.testkit.EventArbitraries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * Whatever is delivered, and whatever a route's own code throws about it, the log of a service has
 * no signature.
 */
class LoggedSecretsProperties {

  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final FedSource source = new FedSource();
  private final MemoryLedger ledger = MemoryLedger.create();
  private final Path spool = Files.createTempDirectory("spool");
  private final Pipeline pipeline;
  private boolean somethingLogged;

  LoggedSecretsProperties() throws IOException {
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    pipeline = Pipeline.from(source)
        .route(Route.named("telltale").handle(event -> {
          throw new IllegalStateException(
              "Cannot handle " + event.payload().text("DownloadURL").orElse("nothing"));
        }))
        .route(Route.named("fetching")
            .fetch(PayloadUrlLocator.field("DownloadURL"))
            .store(new NoSink()))
        .ledger(ledger)
        .hosts(HostPolicy.nothing())
        .retry(RetryPolicy.upTo(Duration.ofMillis(1))
            .backingOff(Duration.ofMillis(1), Duration.ofMillis(1)))
        .spool(spool)
        .listener(new LoggingListener())
        .build();
    pipeline.start();
  }

  @AfterProperty
  void end() throws IOException {
    for (DeadLetter letter : ledger.deadLetters(Integer.MAX_VALUE)) {
      assertFalse(letter.toString().contains(EventArbitraries.SIGNATURE), letter.toString());
    }
    pipeline.close();
    System.setErr(standardError);
    assertNothingSignedIsLogged();
    assertTrue(somethingLogged);
    try (Stream<Path> files = Files.walk(spool)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 1000)
  void whateverIsDelivered(@ForAll("deliveries") Sent sent) throws Exception {
    var answer = source.deliver(sent.body(), sent.headers());
    assertFalse(answer.contains(EventArbitraries.SIGNATURE), answer);
    assertNothingSignedIsLogged();
  }

  private void assertNothingSignedIsLogged() {
    String log = logged.toString(StandardCharsets.UTF_8);
    somethingLogged |= !log.isEmpty();
    assertFalse(log.contains(EventArbitraries.SIGNATURE), log);
    logged.reset();
  }

  record Sent(RawEvent body, Headers headers) {}

  @Provide
  Arbitrary<Sent> deliveries() {
    Arbitrary<Sent> whole = Arbitraries.oneOf(
            EventArbitraries.deliveriesOf(EventArbitraries.exports()),
            EventArbitraries.poisonedBatches())
        .map(delivery -> new Sent(delivery.body(), delivery.headers()));
    Arbitrary<Sent> broken =
        EventArbitraries.hostileBodies().map(body -> new Sent(body, Headers.none()));
    return Arbitraries.oneOf(whole, broken);
  }

  /** Hands on what a test gives it. */
  private static final class FedSource implements EventSource {

    private Receiver receiver = delivery -> {
      throw new IllegalStateException("The pipeline is not started.");
    };

    @Override
    public String name() {
      return "fed";
    }

    @Override
    public void start(Receiver taker) {
      receiver = taker;
    }

    String deliver(RawEvent body, Headers headers) throws Exception {
      return receiver
          .receive(new Delivery(name(), Instant.EPOCH, body, headers))
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS)
          .toString();
    }

    @Override
    public void close() {}
  }

  /** Is never reached. */
  private record NoSink() implements FileSink {

    @Override
    public String name() {
      return "none";
    }

    @Override
    public Receipt store(ExportedFile file) {
      throw new IllegalStateException("No host is allowed, so there is no file.");
    }
  }
}
