package dev.landfall.transport.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.azure.core.credential.AccessToken;
import dev.landfall.emulator.servicebus.EntitySettings;
import dev.landfall.emulator.servicebus.ServiceBusEmulator;
import dev.landfall.spi.SourceException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** What is set up wrong is told with its way out, at the start or before. */
@Timeout(90)
class RefusalsTest {

  private static ServiceBusEmulator bus;

  @BeforeAll
  static void start() {
    bus = ServiceBusEmulator.builder()
        .queue("q")
        .queue("sessions", EntitySettings.DEFAULT.withSessions())
        .build();
  }

  @AfterAll
  static void stop() {
    bus.close();
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
