package dev.landfall.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.spi.Disposition;
import dev.landfall.spi.EventSource;
import dev.landfall.testkit.EventSourceContract;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an endpoint must do in every server that hands requests to it. */
abstract class EmbeddedContract extends EventSourceContract {

  static final String PATH = "/events";
  private static final int LIMIT = 300_000;

  /** {@return the port of a server that runs and hands what comes to {@link #PATH} over} */
  abstract int serve(WebhookEndpoint endpoint) throws Exception;

  abstract void stopServer() throws Exception;

  private WebhookEndpoint endpoint =
      WebhookEndpoint.named(PATH).sharedSecret(Sender.SECRET).build();
  private URI address = URI.create("http://127.0.0.1:1/");

  @Override
  protected EventSource newSource() throws Exception {
    endpoint = WebhookEndpoint.named(PATH)
        .sharedSecret(Sender.SECRET)
        .eventGrid("mine")
        .bodyLimit(LIMIT)
        .build();
    address = URI.create("http://127.0.0.1:" + serve(endpoint) + PATH);
    return endpoint;
  }

  @AfterEach
  final void stop() throws Exception {
    stopServer();
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(address)
        .timeout(Duration.ofSeconds(20))
        .header("X-Landfall-Secret", Sender.SECRET);
  }

  @Override
  protected CompletableFuture<Answer> send(EventSource source, byte[] body) {
    return Sender.sendAsync(request().POST(BodyPublishers.ofByteArray(body)))
        .thenApply(response -> switch (response.statusCode()) {
          case 202 -> Answer.ACKNOWLEDGED;
          case 400 -> Answer.REFUSED;
          case 503 -> Answer.TRY_LATER;
          default -> throw new AssertionError("Status " + response.statusCode());
        });
  }

  private void begin() {
    endpoint.start(delivery -> CompletableFuture.completedFuture(Disposition.accepted()));
  }

  @Test
  void aStrangerHearsWhatIsMissing() throws Exception {
    begin();
    HttpResponse<String> answer =
        Sender.send(HttpRequest.newBuilder(address).POST(BodyPublishers.ofString("{}")));
    assertEquals(401, answer.statusCode());
    assertEquals("SharedSecret", answer.headers().firstValue("WWW-Authenticate").orElse(""));
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
  }

  @Test
  void theSecretMayStandInTheQuery() throws Exception {
    begin();
    String code = Sender.SECRET.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
    assertEquals(
        202,
        Sender.send(HttpRequest.newBuilder(URI.create(address + "?code=" + code))
                .POST(BodyPublishers.ofString("{}")))
            .statusCode());
  }

  @Test
  void aBodyAtTheLimitIsTakenAndOneOverItRefused() throws Exception {
    begin();
    assertEquals(
        202,
        Sender.send(request().POST(BodyPublishers.ofByteArray(new byte[LIMIT]))).statusCode());
    assertEquals("413", statusOfBody(LIMIT + 1));
  }

  /**
   * {@return the status of the answer to a body of some length} A server may answer and close while
   * the body is still on its way; not every client then looks for what it was told.
   */
  private String statusOfBody(int length) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(20_000);
      String head =
          "POST %s HTTP/1.1\r\nHost: localhost\r\nX-Landfall-Secret: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(PATH, Sender.SECRET, length);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      try {
        socket.getOutputStream().write(new byte[length]);
      } catch (IOException answered) {
        // The answer is there all the same.
      }
      String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return answer.substring(answer.indexOf(' ') + 1);
    }
  }

  @Test
  void aCloudEventsHandshakeIsAnswered() throws Exception {
    begin();
    HttpResponse<String> answer = Sender.send(request()
        .header("WebHook-Request-Origin", "eventgrid.azure.net")
        .method("OPTIONS", BodyPublishers.noBody()));
    assertEquals(200, answer.statusCode());
    assertEquals(
        "eventgrid.azure.net",
        answer.headers().firstValue("WebHook-Allowed-Origin").orElse(""));
  }
}
