package dev.landfall.transport.finops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Payload;
import dev.landfall.json.EventReader;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Receiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What must not end a source in silence, nor lose an export. */
@Timeout(60)
class OutlastedFaultsTest {

  private static final Duration SHORT = Duration.ofMillis(5);
  private static final Duration LONG = Duration.ofMillis(20);
  private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();
  private static final String SUCCEEDED = "{\"value\":\"Succeeded\"}";

  private final AtomicInteger tokens = new AtomicInteger();
  private final AtomicInteger failing = new AtomicInteger(Integer.MAX_VALUE);
  private final PackageApi finops = new PackageApi(call -> PackageApi.Answer.ok(SUCCEEDED));
  private final FinopsEnvironment environment = FinopsEnvironment.at(finops.address(), () -> {
    if (tokens.incrementAndGet() == failing.get()) {
      throw new AssertionError("The vault's client is broken.");
    }
    return "token";
  });
  private final Taker taker = new Taker();

  OutlastedFaultsTest() throws IOException {}

  @AfterEach
  void close() {
    finops.close();
  }

  private PackageExportsBuilder packages() {
    return PackageExports.of(environment, "Nightly").interval(SHORT, LONG);
  }

  private RecurringExportsBuilder recurring() {
    return RecurringExports.of(environment, new UUID(1, 1)).interval(SHORT, LONG);
  }

  private static Message message(String json) {
    Payload told = new EventReader().payload(json.getBytes(StandardCharsets.UTF_8));
    return new Message(told, Instant.EPOCH);
  }

  @Test
  void aTokenWhoseSupplierBreaksCostsARunNothing() throws Exception {
    failing.set(1);
    try (PackageExports source = packages().build()) {
      source.start(taker);
      source.follow("run-1");
      taker.next().accept();
    }
  }

  @Test
  void aReceiverThatCannotBeToldCostsARunNothing() throws Exception {
    var told = new AtomicBoolean();
    Receiver broken = new Receiver() {
      @Override
      public CompletionStage<Disposition> receive(Delivery delivery) {
        return taker.receive(delivery);
      }

      @Override
      public void lost(String source, Failure failure) {
        finops.answers(200, SUCCEEDED);
        told.set(true);
        throw new IllegalStateException("This receiver breaks its contract on purpose.");
      }
    };
    finops.answers(503, "");
    try (PackageExports source = packages().build()) {
      source.start(broken);
      source.follow("run-1");
      taker.next().accept();
      assertTrue(told.get());
    }
  }

  @Test
  void aWaitForEverIsNoReasonToStop() throws Exception {
    finops.answers(200, "{\"value\":\"Executing\"}");
    try (PackageExports source = packages()
        .interval(SHORT, FOR_EVER)
        .lookBack(FOR_EVER)
        .every(FOR_EVER)
        .grace(FOR_EVER)
        .givingUpAfter(FOR_EVER)
        .build()) {
      source.start(taker);
      Taker.await(() -> finops.calls().size() > 1);
      finops.answers(200, SUCCEEDED);
      source.follow("run-1");
      taker.next().accept();
    }
  }

  @Test
  void anAcknowledgementThatBreaksLeavesItsMessageToTheNextTime() throws Exception {
    String one = "{\"CorrelationId\":\"m-1\",\"DownloadLocation\":\"http://127.0.0.1/m-1\"}";
    finops.answers(200, one);
    failing.set(2);
    try (RecurringExports source = recurring().atOnce(1).build()) {
      source.start(taker);
      taker.next().accept();
      taker.next().accept();
    }
  }

  @Test
  void aSourceKeepsItsReceiverIfItIsStartedAgain() throws Exception {
    finops.answers(204, "");
    var other = new Taker();
    try (RecurringExports source = recurring().build()) {
      source.start(taker);
      assertThrows(IllegalStateException.class, () -> source.start(other));
      finops.answers(
          200, "{\"CorrelationId\":\"m-1\",\"DownloadLocation\":\"http://127.0.0.1/m-1\"}");
      taker.next().accept();
      assertTrue(other.isEmpty());
    }
  }

  @Test
  void nothingIsRequestedOfASourceThatIsClosed() {
    PackageExports source = packages().build();
    source.start(taker);
    source.close();
    assertThrows(IllegalStateException.class, source::request);
    assertThrows(IllegalStateException.class, () -> source.follow("run-1"));
  }

  @Test
  void aMessageWhoseCorrelationIdIsNoneIsKnownByItsFile() {
    String nothing = "00000000-0000-0000-0000-000000000000";
    for (String id : new String[] {"", " ", nothing, "{" + nothing + "}", "x".repeat(129)}) {
      String json =
          "{\"CorrelationId\":\"%s\",\"DownloadLocation\":\"http://h/%s\",\"PopReceipt\":\"%s\"}";
      Message first = message(json.formatted(id, "f-1", "a"));
      assertEquals(first.id(), message(json.formatted(id, "f-1", "b")).id());
      assertNotEquals(first.id(), message(json.formatted(id, "f-2", "a")).id());
      new EventReader().read(first.event(Map.of()));
    }
  }
}
