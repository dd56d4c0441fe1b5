package dev.landfall.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Headers;
import dev.landfall.spi.Disposition;
import java.net.InetAddress;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may post, and what strangers hear. */
class AdmissionTest {

  private static final String PASSWORD = "pass:word-of-the-tést";

  private static WebhookEndpointBuilder named() {
    return WebhookEndpoint.named("/x");
  }

  private static WebhookAnswer answer(WebhookEndpointBuilder builder, WebhookRequest head) {
    try (WebhookEndpoint endpoint = builder.build()) {
      endpoint.start(delivery -> CompletableFuture.completedFuture(Disposition.accepted()));
      return endpoint.answer(head, new byte[] {'{'}).toCompletableFuture().join();
    }
  }

  private static WebhookRequest with(Map<String, String> headers) {
    return new WebhookRequest("POST", "/x", null, Headers.of(headers), 1, null);
  }

  private static WebhookRequest basic(String pair) {
    return with(Map.of(
        "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8))));
  }

  private static WebhookRequest from(String address) throws Exception {
    return new WebhookRequest(
        "POST", "/x", null, Headers.none(), 1, InetAddress.getByName(address));
  }

  @Test
  void eachPairOfUserAndPasswordIsGood() {
    WebhookEndpointBuilder builder =
        named().basic("fno", PASSWORD).basic("other", "another-long-password");
    assertEquals(202, answer(builder, basic("fno:" + PASSWORD)).status());
    assertEquals(202, answer(builder, basic("other:another-long-password")).status());
    assertEquals(401, answer(builder, basic("fno:another-long-password")).status());
    assertEquals(401, answer(builder, basic("fno")).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Basic", "Basic ", "Basic !!!", "Bearer x", "basic Zm5v", "", "Basic Og=="})
  void anotherAuthorizationIsRefusedWithTheWayIn(String header) {
    WebhookAnswer answer =
        answer(named().basic("fno", PASSWORD), with(Map.of("Authorization", header)));
    assertEquals(401, answer.status());
    assertEquals(
        "Basic realm=\"events\", charset=\"UTF-8\"", answer.headers().get("WWW-Authenticate"));
    assertTrue(answer.body().contains("User and password are expected"), answer.body());
    assertFalse(answer.body().contains("fno"), answer.body());
  }

  @Test
  void aSecretIsAsGoodAsAPassword() {
    WebhookEndpointBuilder builder =
        named().basic("fno", PASSWORD).sharedSecret("a-secret-of-the-test");
    assertEquals(
        202,
        answer(builder, with(Map.of("x-landfall-secret", "a-secret-of-the-test")))
            .status());
    WebhookAnswer stranger = answer(builder, with(Map.of()));
    assertEquals(401, stranger.status());
    assertEquals(
        "SharedSecret, Basic realm=\"events\", charset=\"UTF-8\"",
        stranger.headers().get("WWW-Authenticate"));
    assertTrue(
        stranger.body().contains("X-Landfall-Secret, or user and password"), stranger.body());
  }

  @ParameterizedTest
  @CsvSource({
    "13.64.0.0/11, 13.95.255.255, 202",
    "13.64.0.0/11, 13.96.0.0, 403",
    "13.64.0.0/11, 13.63.255.255, 403",
    "10.0.0.7, 10.0.0.7, 202",
    "10.0.0.7, 10.0.0.6, 403",
    "0.0.0.0/0, 1.2.3.4, 202",
    "0.0.0.0/0, ::1, 403",
    "2603:1000::/24, 2603:10ff::1, 202",
    "2603:1000::/24, 2603:1100::1, 403",
    "::1, ::1, 202",
    "127.0.0.0/8, ::ffff:127.0.0.1, 202"
  })
  void onlySendersOfTheNetworkAreLetIn(String network, String sender, int status) throws Exception {
    assertEquals(
        status, answer(named().withoutSecret().network(network), from(sender)).status());
  }

  @Test
  void aSenderWithoutAnAddressIsInNoNetwork() {
    assertEquals(
        403,
        answer(named().withoutSecret().network("0.0.0.0/0"), with(Map.of())).status());
  }

  @Test
  void oneOfSeveralNetworksIsEnoughButACredentialIsStillNeeded() throws Exception {
    WebhookEndpointBuilder builder = named()
        .sharedSecret("a-secret-of-the-test")
        .network("10.0.0.0/8")
        .network("192.168.0.0/16");
    assertEquals(401, answer(builder, from("192.168.3.4")).status());
    assertEquals(403, answer(builder, from("172.16.0.1")).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "10.0.0.0/33", "10.0/8", "::/129", "10.0.0.0/", "1.2.3.4.5", ":"})
  void whatIsNoNetworkIsRefused(String text) {
    var refused = assertThrows(IllegalArgumentException.class, () -> named().network(text));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("A network is an address"));
  }

  @Test
  void aPasswordThatCanBeGuessedIsRefusedAndNotQuoted() {
    String message = String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> named().basic("fno", "hunter2-hunter"))
            .getMessage());
    assertFalse(message.contains("hunter2"), message);
    assertThrows(IllegalArgumentException.class, () -> named().basic("a:b", PASSWORD));
    assertThrows(IllegalStateException.class, () -> named().withoutSecret().basic("a", PASSWORD));
    assertThrows(IllegalStateException.class, () -> named().build());
  }
}
