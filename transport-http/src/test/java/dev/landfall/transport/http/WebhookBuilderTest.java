package dev.landfall.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookBuilderTest {

  private final WebhookBuilder builder = Webhook.on(8443);

  @Test
  void nothingIsOpenUnlessTheUserSaysSo() {
    var missing = assertThrows(IllegalStateException.class, builder::build);
    assertTrue(missing.toString().contains("withoutSecret()"), missing.toString());
    assertEquals("webhook :8443", builder.withoutSecret().build().name());
  }

  @Test
  void aSecretAndNoSecretContradictEachOther() {
    builder.sharedSecret(Sender.SECRET);
    assertThrows(IllegalStateException.class, builder::withoutSecret);
    var open = Webhook.on(8443).withoutSecret();
    assertThrows(IllegalStateException.class, () -> open.sharedSecret(Sender.SECRET));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fifteen-letters",
        "sixteen letters!",
        "sixteen-lettérs",
        "line\nfeed-in-secret"
      })
  void aSecretThatCanBeGuessedOrNotSentIsRefusedAndNotRepeated(String secret) {
    var refused = refused(() -> builder.sharedSecret(secret));
    assertTrue(refused.contains("this one has " + secret.length()), refused);
    assertFalse(!secret.isEmpty() && refused.contains(secret), refused);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "events",
        "/events/",
        "//events",
        "/a b",
        "/a?code=x",
        "/a#b",
        "/%41",
        "/../a",
        "/."
      })
  void aPathThatCannotBeMatchedExactlyIsRefused(String path) {
    String refused = refused(() -> builder.path(path));
    assertTrue(refused.contains("\"" + path + "\""), refused);
  }

  @Test
  void numbersOutOfRangeAreRefusedByNameAndValue() {
    assertTrue(refused(() -> Webhook.on(-1)).contains("-1"));
    assertTrue(refused(() -> Webhook.on(65_536)).contains("65536"));
    assertTrue(refused(() -> builder.bodyLimit(0)).contains("not 0"));
    assertTrue(refused(() -> builder.bodyLimit(Integer.MAX_VALUE)).contains("2147483647"));
    assertTrue(refused(() -> builder.maxConcurrentRequests(0)).contains("not 0"));
    assertTrue(refused(() -> builder.answerWithin(Duration.ZERO)).contains("PT0S"));
    assertTrue(refused(() -> builder.answerWithin(Duration.ofSeconds(-1))).contains("PT-1S"));
    assertTrue(refused(() -> builder.requestDeadline(Duration.ofHours(2))).contains("PT2H"));
    refused(() -> builder.requestDeadline(Duration.ofSeconds(Long.MAX_VALUE)));
    refused(() -> builder.host(" "));
  }

  @Test
  void itListensOnThisMachineOnlyUnlessToldOtherwise() {
    assertEquals("http://127.0.0.1:8443/", builder.withoutSecret().build().uri().toString());
    assertEquals(
        "http://localhost:8443/in/events",
        builder.host("0.0.0.0").path("/in/events").build().uri().toString());
    assertEquals(
        "http://[::1]:8443/in/events", builder.host("::1").build().uri().toString());
  }

  private static String refused(Executable setter) {
    return assertThrows(IllegalArgumentException.class, setter).toString();
  }
}
