package dev.landfall.transport.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.AccessToken;
import dev.landfall.emulator.servicebus.BusMessage;
import dev.landfall.emulator.servicebus.EntitySettings;
import dev.landfall.emulator.servicebus.ServiceBusEmulator;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.SourceException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** A source against a broker in this process, when all goes well or is set up wrong. */
@Timeout(90)
class ServiceBusSourceTest {

  private static ServiceBusEmulator bus;

  @BeforeAll
  static void start() {
    bus = ServiceBusEmulator.builder()
        .queue("q")
        .queue("short", EntitySettings.DEFAULT.withLockDuration(Duration.ofSeconds(2)))
        .queue("narrow")
        .queue("full")
        .queue("linked")
        .queue("closing")
        .queue("sessions", EntitySettings.DEFAULT.withSessions())
        .topic("t")
        .subscription("t", "s")
        .build();
  }

  @AfterAll
  static void stop() {
    bus.close();
  }

  private static void awaitEmpty(String entity) {
    Await.until(entity + " is empty", () -> bus.count(entity) == 0);
  }

  @Test
  void aMessageOfASubscriptionComesWithItsProperties() throws Exception {
    Taker taker = Taker.accepting();
    Instant noon = Instant.parse("2030-01-01T12:00:00Z");
    try (var source = ServiceBusSource.subscription(bus.connectionString(), "t", "s")
        .clock(Clock.fixed(noon, ZoneOffset.UTC))
        .build()) {
      assertFalse(source.isReady());
      source.start(taker);
      assertTrue(source.isReady());
      bus.send(
          "t",
          BusMessage.of("{}")
              .withContentType("application/json")
              .withProperty("LegalEntity", "usmf")
              .withProperty("Number", 7)
              .withProperty("EventTime", Date.from(noon)));
      Delivery delivery = taker.next();
      assertEquals("subscription t/s", delivery.source());
      assertEquals(noon, delivery.arrivedAt());
      assertEquals("usmf", delivery.headers().get("legalentity").orElseThrow());
      assertEquals("7", delivery.headers().get("Number").orElseThrow());
      assertEquals(noon.toString(), delivery.headers().get("EventTime").orElseThrow());
      assertEquals("application/json", delivery.headers().get("content-type").orElseThrow());
      awaitEmpty(ServiceBusEmulator.subscription("t", "s"));
    }
  }

  @Test
  void aMessageAsLargeAsTheStandardTierAllowsComesWhole() throws Exception {
    byte[] large = new byte[256 * 1024 - 2_000];
    Arrays.fill(large, (byte) 'x');
    Taker taker = Taker.accepting();
    try (var source =
        ServiceBusSource.queue(bus.connectionString(), "q").prefetch(5).build()) {
      source.start(taker);
      bus.send("q", BusMessage.of(large));
      assertEquals(large.length, taker.next().body().length());
      awaitEmpty("q");
    }
  }

  @Test
  void noMoreAreUnderWayThanMayBe() throws Exception {
    CompletableFuture<Disposition> verdict = new CompletableFuture<>();
    Taker taker = Taker.waitingFor(verdict);
    try (var source =
        ServiceBusSource.queue(bus.connectionString(), "narrow").concurrency(2).build()) {
      source.start(taker);
      for (int number = 0; number < 5; number++) {
        bus.send("narrow", BusMessage.of("" + number));
      }
      taker.next();
      taker.next();
      taker.assertNothingFor(Duration.ofMillis(300));
      verdict.complete(Disposition.accepted());
      awaitEmpty("narrow");
      assertEquals(5, bus.completed("narrow"));
    }
  }

  @Test
  void aFullQueueOverflowsNothingHoweverManyMayBeUnderWay() throws Exception {
    List<BusMessage> many =
        IntStream.range(0, 5_000).mapToObj(number -> BusMessage.of("" + number)).toList();
    bus.send("full", many);
    try (var source = ServiceBusSource.queue(bus.connectionString(), "full")
        .concurrency(2_000)
        .build()) {
      source.start(Taker.accepting());
      awaitEmpty("full");
      assertEquals(many.size(), bus.completed("full"));
      assertEquals(0, bus.deadLetters("full").size());
    }
  }

  @Test
  void aLockIsRenewedAsLongAsTheVerdictTakes() throws Exception {
    CompletableFuture<Disposition> verdict = new CompletableFuture<>();
    Taker taker = Taker.waitingFor(verdict);
    try (var source = ServiceBusSource.queue(bus.connectionString(), "short")
        .renewEvery(Duration.ofMillis(500))
        .build()) {
      source.start(taker);
      bus.send("short", BusMessage.of("long"));
      taker.next();
      // Two locks and more.
      taker.assertNothingFor(Duration.ofSeconds(5));
      verdict.complete(Disposition.accepted());
      awaitEmpty("short");
      assertEquals(1, bus.completed("short"));
    }
  }

  @Test
  void whatWaitsToBeGivenBackIsGivenBackWhenItCloses() throws Exception {
    Taker taker = Taker.answering(
        delivery -> Disposition.tryLater(Duration.ofMinutes(2), "There is no room."));
    try (var source = ServiceBusSource.queue(bus.connectionString(), "closing").build()) {
      source.start(taker);
      bus.send("closing", BusMessage.of("later"));
      taker.next();
      assertEquals(BusMessage.State.LOCKED, bus.messages("closing").get(0).state());
    }
    BusMessage left = bus.messages("closing").get(0);
    assertEquals(BusMessage.State.ACTIVE, left.state());
    assertEquals(1, left.deliveryCount());
  }

  @Test
  void anEntityThatIsNotThereIsToldAtTheStart() {
    assertRefused(
        ServiceBusSource.queue(bus.connectionString(), "nowhere"),
        "The queue nowhere cannot be received from. There is no such entity in the namespace. Create it, or name another.");
  }

  private static final String NOT_ACCEPTED =
      "The queue q cannot be received from. The key, signature or token is not accepted there. It needs the right to listen on it, and must not have expired; nor may the namespace's network rules leave this machine out.";

  @Test
  void aWrongKeyIsToldAtTheStart() {
    assertRefused(
        ServiceBusSource.queue(
            bus.connectionString().replaceAll("SharedAccessKey=[^;]*", "SharedAccessKey=eA=="),
            "q"),
        NOT_ACCEPTED);
  }

  @Test
  void anExpiredSignatureIsToldAtTheStart() throws Exception {
    String whole = bus.connectionString();
    String name = whole.replaceAll(".*SharedAccessKeyName=([^;]*).*", "$1");
    String key = whole.replaceAll(".*SharedAccessKey=([^;]*).*", "$1");
    String resource = URLEncoder.encode("sb://127.0.0.1/q", StandardCharsets.UTF_8);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signed = mac.doFinal((resource + "\n1000000000").getBytes(StandardCharsets.UTF_8));
    String signature = "SharedAccessSignature sr=%s&sig=%s&se=1000000000&skn=%s"
        .formatted(
            resource,
            URLEncoder.encode(Base64.getEncoder().encodeToString(signed), StandardCharsets.UTF_8),
            name);
    assertRefused(
        ServiceBusSource.queue(
            whole.replaceAll(
                "SharedAccessKeyName=.*SharedAccessKey=[^;]*",
                "SharedAccessSignature=" + signature),
            "q"),
        NOT_ACCEPTED);
  }

  @Test
  void anEntityWithSessionsIsToldAtTheStart() {
    assertRefused(
        ServiceBusSource.queue(bus.connectionString(), "sessions"),
        "The queue sessions cannot be received from. It has sessions. Say so with sessions(..), or use an entity without them.");
  }

  @Test
  void anEntityWithoutSessionsIsToldAtTheStart() {
    assertRefused(
        ServiceBusSource.queue(bus.connectionString(), "q").sessions(2),
        "The queue q cannot be received from. It has no sessions. Leave out sessions(..).");
  }

  @Test
  void anErrorOfTheReceiverCostsOneDeliveryAndNoMore() throws Exception {
    Taker taker = Taker.answering(delivery -> {
      if (Taker.text(delivery.body()).equals("bad")) {
        throw new LinkageError("A library of another version.");
      }
      return Disposition.accepted();
    });
    try (var source =
        ServiceBusSource.queue(bus.connectionString(), "linked").concurrency(2).build()) {
      source.start(taker);
      bus.send("linked", List.of(BusMessage.of("bad"), BusMessage.of("good")));
      Await.until("the good one is done", () -> bus.completed("linked") == 1);
      assertEquals("bad", bus.messages("linked").get(0).text());
    }
  }

  private static void assertRefused(ServiceBusSourceBuilder builder, String message) {
    try (ServiceBusSource source = builder.build()) {
      assertEquals(
          message,
          assertThrows(SourceException.class, () -> source.start(Taker.accepting()))
              .getMessage());
      assertFalse(source.isReady());
    }
  }

  @Test
  void aConnectionStringIsNeverQuoted() {
    String broken = "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKey=very-secret";
    var refused =
        assertThrows(IllegalArgumentException.class, () -> ServiceBusSource.queue(broken, "q"));
    assertFalse(String.valueOf(refused.getMessage()).contains("very-secret"));
    assertNull(refused.getCause());
  }

  @Test
  void aSettingOutOfRangeIsRefusedWithItsRule() {
    ServiceBusSourceBuilder builder = ServiceBusSource.queue(
        "contoso.servicebus.windows.net",
        asked -> Mono.just(new AccessToken("token", OffsetDateTime.MAX)),
        "q");
    assertRule("1 to 2,000 messages are under way, not 0.", () -> builder.concurrency(0));
    assertRule("1 to 200 sessions are received from, not 201.", () -> builder.sessions(201));
    assertRule("0 to 1,000 messages are taken ahead, not -1.", () -> builder.prefetch(-1));
    assertRule(
        "A lock is renewed every 100 ms to 5 minutes, not every PT0S.",
        () -> builder.renewEvery(Duration.ZERO));
    assertRule(
        "Nothing may come for 1 second to 1 day, not for PT48H.",
        () -> builder.stalledAfter(Duration.ofDays(2)));
    assertRule(
        "A queue, topic or subscription has a name that is not blank.",
        () -> ServiceBusSource.subscription(bus.connectionString(), "t", " "));
    assertRule(
        "A namespace is named such as contoso.servicebus.windows.net, not sb://contoso.",
        () -> ServiceBusSource.queue(
            "sb://contoso", asked -> Mono.just(new AccessToken("token", OffsetDateTime.MAX)), "q"));
    assertRule(
        "The connection string is for the entity other alone, and q is asked for. Leave out its EntityPath, if its key has rights there, or take another.",
        () -> ServiceBusSource.queue(bus.connectionString() + ";EntityPath=other", "q"));
    assertRule(
        "At least 1 dead letter is replayed, not 0.",
        () -> builder.build().replay(dead -> true, 0));
    assertThrows(IllegalStateException.class, () -> builder.build().replay(dead -> true, 1));
  }

  private static void assertRule(String rule, org.junit.jupiter.api.function.Executable setting) {
    assertEquals(rule, assertThrows(IllegalArgumentException.class, setting).getMessage());
  }
}
