package dev.landfall.transport.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A sender as good as F&amp;O. */
final class Sender {

  static final String SECRET = "the-secret-of-the-test+/=";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Sender() {}

  static HttpRequest.Builder post(Webhook webhook, byte[] body) {
    return HttpRequest.newBuilder(webhook.uri())
        .timeout(Duration.ofSeconds(20))
        .header("X-Landfall-Secret", SECRET)
        .POST(BodyPublishers.ofByteArray(body));
  }

  static HttpRequest.Builder post(Webhook webhook, String body) {
    return post(webhook, body.getBytes(StandardCharsets.UTF_8));
  }

  static HttpRequest.Builder postWithQuery(Webhook webhook, String query) {
    return HttpRequest.newBuilder(URI.create(webhook.uri() + "?" + query))
        .timeout(Duration.ofSeconds(20))
        .POST(BodyPublishers.ofString("{}"));
  }

  static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  static CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
    return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
  }
}
