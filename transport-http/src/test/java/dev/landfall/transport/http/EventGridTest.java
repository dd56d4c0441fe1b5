package dev.landfall.transport.http;

import static dev.landfall.transport.http.Sender.SECRET;
import static dev.landfall.transport.http.Sender.post;
import static dev.landfall.transport.http.Sender.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Event Grid asks of a webhook; the bodies are Microsoft's samples. */
@Timeout(60)
class EventGridTest {

  private static final String CODE = "512d38b6-c7b8-40c8-89fe-f46f9e9622b6";
  private static final String VALIDATION = """
      [{
        "id": "2d1781af-3a4c-4d7c-bd0c-e34b19da4e66",
        "topic": "/subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        "subject": "",
        "data": {
          "validationCode": "%s",
          "validationUrl": "https://rp-eastus2.eventgrid.azure.net:553/eventsubscriptions/myeventsub/validate?id=0000&token=1A1A"
        },
        "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent",
        "eventTime": "2022-10-28T04:23:35.1981776Z",
        "metadataVersion": "1",
        "dataVersion": "1"
      }]
      """.formatted(CODE);

  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private Webhook webhook = Webhook.on(0).sharedSecret(SECRET).build();

  @AfterEach
  void close() {
    webhook.close();
  }

  private void start(WebhookBuilder builder) {
    webhook = builder.sharedSecret(SECRET).build();
    webhook.start(delivery -> {
      deliveries.add(delivery);
      return CompletableFuture.completedFuture(Disposition.accepted());
    });
  }

  private HttpResponse<String> validate(String subscription, String body) throws Exception {
    return send(post(webhook, body)
        .header("aeg-event-type", "SubscriptionValidation")
        .header("aeg-subscription-name", subscription)
        .header("Content-Type", "application/json; charset=utf-8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"myeventsub", "MYEVENTSUB", "other-1"})
  void anExpectedSubscriptionGetsItsCodeBack(String name) throws Exception {
    start(Webhook.on(0).eventGrid("MyEventSub").eventGrid("other-1"));
    HttpResponse<String> answer = validate(name, VALIDATION);
    assertEquals(200, answer.statusCode());
    assertEquals("{\"validationResponse\":\"" + CODE + "\"}", answer.body());
    assertEquals("application/json", answer.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(deliveries.isEmpty(), "It reached the receiver.");
  }

  @Test
  void anotherSubscriptionIsRefusedByName() throws Exception {
    start(Webhook.on(0).eventGrid("mine"));
    HttpResponse<String> answer = validate("a\"b<c>", VALIDATION);
    assertEquals(403, answer.statusCode());
    assertTrue(
        answer.body().contains("The subscription a?b?c? is not expected here."), answer.body());
    assertFalse(answer.body().contains(CODE));
    assertTrue(deliveries.isEmpty(), "It reached the receiver.");
  }

  @Test
  void aWebhookThatExpectsNoneRefusesThemAll() throws Exception {
    start(Webhook.on(0));
    assertEquals(403, validate("myeventsub", VALIDATION).statusCode());
    assertEquals(403, send(options("eventgrid.azure.net")).statusCode());
    assertTrue(deliveries.isEmpty(), "It reached the receiver.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "{}", "no json", "[{\"eventType\":\"x\",\"data\":{}}]", "[{\"data\":1}]"})
  void aValidationWithoutACodeIsRefused(String body) throws Exception {
    start(Webhook.on(0).eventGrid("myeventsub"));
    HttpResponse<String> answer = validate("myeventsub", body);
    assertEquals(400, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("data.validationCode"), answer.body());
  }

  @Test
  void aValidationNeedsTheSecretToo() throws Exception {
    start(Webhook.on(0).eventGrid("myeventsub"));
    HttpRequest.Builder stranger = HttpRequest.newBuilder(webhook.uri())
        .header("aeg-event-type", "SubscriptionValidation")
        .header("aeg-subscription-name", "myeventsub")
        .POST(BodyPublishers.ofString(VALIDATION));
    assertEquals(401, send(stranger).statusCode());
  }

  @Test
  void theNoticeThatASubscriptionIsGoneIsTakenAndGoesNoFurther() throws Exception {
    start(Webhook.on(0).eventGrid("myeventsub"));
    HttpResponse<String> answer = send(post(webhook, "[{}]")
        .header("aeg-event-type", "SubscriptionDeletion")
        .header("aeg-subscription-name", "MYEVENTSUB"));
    assertEquals(200, answer.statusCode());
    assertTrue(deliveries.isEmpty(), "It reached the receiver.");
  }

  @Test
  void aNotificationIsADelivery() throws Exception {
    start(Webhook.on(0).eventGrid("myeventsub"));
    HttpResponse<String> answer = send(post(webhook, "[{},{}]")
        .header("aeg-event-type", "Notification")
        .header("aeg-delivery-count", "2"));
    assertEquals(202, answer.statusCode());
    assertEquals("2", deliveries.take().headers().get("aeg-delivery-count").orElseThrow());
  }

  private HttpRequest.Builder options(String origin) {
    return HttpRequest.newBuilder(webhook.uri())
        .header("X-Landfall-Secret", SECRET)
        .header("WebHook-Request-Origin", origin)
        .method("OPTIONS", BodyPublishers.noBody());
  }

  @Test
  void cloudEventsAreAgreedToWithOriginAndRate() throws Exception {
    start(Webhook.on(0).eventGrid("myeventsub"));
    HttpResponse<String> answer =
        send(options("eventgrid.azure.net").header("WebHook-Request-Rate", "120"));
    assertEquals(200, answer.statusCode());
    assertEquals(
        "eventgrid.azure.net",
        answer.headers().firstValue("WebHook-Allowed-Origin").orElseThrow());
    assertEquals("120", answer.headers().firstValue("WebHook-Allowed-Rate").orElseThrow());
    assertEquals("POST", answer.headers().firstValue("Allow").orElseThrow());
    assertEquals(
        "*",
        send(options("eventgrid.azure.net"))
            .headers()
            .firstValue("WebHook-Allowed-Rate")
            .orElseThrow());
  }

  @Test
  void optionsWithoutAnOriginIsNoQuestion() throws Exception {
    start(Webhook.on(0).eventGrid("myeventsub"));
    HttpRequest.Builder request = HttpRequest.newBuilder(webhook.uri())
        .header("X-Landfall-Secret", SECRET)
        .method("OPTIONS", BodyPublishers.noBody());
    assertEquals(405, send(request).statusCode());
  }

  @Test
  void cloudEventsOfASubscriptionThatIsNamedAndNotExpectedAreRefused() throws Exception {
    start(Webhook.on(0).eventGrid("myeventsub"));
    HttpRequest.Builder another =
        options("eventgrid.azure.net").header("aeg-subscription-name", "another");
    assertEquals(403, send(another).statusCode());
    HttpRequest.Builder expected =
        options("eventgrid.azure.net").header("aeg-subscription-name", "MYEVENTSUB");
    assertEquals(200, send(expected).statusCode());
  }

  @Test
  void aSubscriptionMayBeAgreedToByReadingItsAddress() throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    HttpServer grid = HttpServer.create(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    grid.createContext("/", exchange -> {
      asked.add(exchange.getRequestURI().toString());
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    grid.start();
    try {
      URI origin = URI.create("http://127.0.0.1:" + grid.getAddress().getPort());
      start(Webhook.on(0).eventGrid("myeventsub").validatingByUrl(origin));
      String body = VALIDATION.replace("https://rp-eastus2.eventgrid.azure.net:553", origin + "");
      assertEquals(403, validate("another", body).statusCode());
      HttpResponse<String> answer = validate("MYEVENTSUB", body);
      assertEquals(200, answer.statusCode(), answer.body());
      assertEquals("", answer.body());
      assertEquals("/eventsubscriptions/myeventsub/validate?id=0000&token=1A1A", asked.take());
      assertTrue(asked.isEmpty(), asked.toString());
      assertTrue(deliveries.isEmpty(), "It reached the receiver.");
    } finally {
      grid.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1/x", "https://169.254.169.254/x", "no address", ""})
  void anAddressThatIsNotEventGridsIsNotRead(String address) throws Exception {
    start(Webhook.on(0).eventGrid("myeventsub").validatingByUrl());
    HttpResponse<String> answer = validate(
        "myeventsub",
        VALIDATION.replaceAll(
            "\"validationUrl\": \"[^\"]*\"", "\"validationUrl\": \"" + address + "\""));
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains("data.validationUrl"), answer.body());
    assertFalse(answer.body().contains(CODE), answer.body());
  }

  @Test
  void aNameThatIsNoSubscriptionsIsRefusedAtOnce() {
    assertEquals(
        "A subscription of Event Grid has 3 to 64 letters, digits and hyphens, not \"a b\".",
        assertThrows(IllegalArgumentException.class, () -> Webhook.on(0).eventGrid("a b"))
            .getMessage());
  }
}
