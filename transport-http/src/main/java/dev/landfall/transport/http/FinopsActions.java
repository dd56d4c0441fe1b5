package dev.landfall.transport.http;

import dev.landfall.event.MalformedEventException;
import dev.landfall.event.Payload;
import dev.landfall.event.Reason;
import dev.landfall.event.Redaction;
import dev.landfall.file.FetchException;
import dev.landfall.json.EventReader;
import dev.landfall.json.EventWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls the data management actions of an F&amp;O environment.
 *
 * <p>They are OData 4 actions: posted with a JSON object, answered with its member {@code value},
 * as a text or, as Microsoft's examples have it, as an object with a {@code value} of its own. What
 * helps of an error is in {@code error.innererror.message}.
 */
final class FinopsActions {

  private static final String ACTIONS =
      "/data/DataManagementDefinitionGroups/Microsoft.Dynamics.DataEntities.";

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_SHOWN = 300;

  private final String base;
  private final Supplier<String> token;
  private final EventReader reader = new EventReader();
  private final EventWriter writer = new EventWriter();
  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .followRedirects(HttpClient.Redirect.NEVER)
      .proxy(HttpClient.Builder.NO_PROXY)
      .connectTimeout(CONNECT)
      .build();

  FinopsActions(URI environment, Supplier<String> token) {
    boolean isLocal = "http".equals(environment.getScheme())
        && ("127.0.0.1".equals(environment.getHost()) || "[::1]".equals(environment.getHost()));
    if (environment.getHost() == null
        || environment.getUserInfo() != null
        || !("https".equals(environment.getScheme()) || isLocal)) {
      throw new IllegalArgumentException(
          "An environment is an address such as https://contoso.operations.dynamics.com; http only on 127.0.0.1 or [::1].");
    }
    this.base = environment.getScheme() + "://" + environment.getRawAuthority();
    this.token = token;
  }

  /** {@return the text that an action answers with} */
  String call(String action, Map<String, String> arguments) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + ACTIONS + action))
        .timeout(ANSWER)
        .header("Authorization", "Bearer " + token.get())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(writer.write(Payload.of(arguments))))
        .build();
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      return value(action, answer);
    } catch (IOException failure) {
      throw passing("The action %s of F&O cannot be called at %s".formatted(action, base), failure);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw passing("The call of %s was interrupted".formatted(action), closing);
    }
  }

  private String value(String action, HttpResponse<InputStream> answer) throws IOException {
    byte[] body;
    try (InputStream in = answer.body()) {
      body = in.readNBytes(MOST_BYTES);
    }
    Optional<Payload> object = object(body);
    if (answer.statusCode() != 200) {
      throw refusal(action, answer, object);
    }
    return object
        .flatMap(read -> read.text("value")
            .or(() -> read.nested("value").flatMap(nested -> nested.text("value"))))
        .orElseThrow(() -> passing(
            "The action %s answers with a JSON object and its member value; this answer has none"
                .formatted(action),
            null));
  }

  private Optional<Payload> object(byte[] body) {
    try {
      return Optional.of(reader.payload(body));
    } catch (MalformedEventException none) {
      return Optional.empty();
    }
  }

  private static FetchException refusal(
      String action, HttpResponse<InputStream> answer, Optional<Payload> object) {
    int status = answer.statusCode();
    String advice = status / 100 == 3
        ? " A redirect is not followed; on-premises environments do not offer this action."
        : status == 401 || status == 403
            ? " The token is not accepted; its application must be registered in F&O and its user"
                + " have the rights of data management."
            : "";
    String told = object
        .flatMap(read -> read.nested("error"))
        .flatMap(error -> error
            .nested("innererror")
            .flatMap(inner -> inner.text("message"))
            .or(() -> error.text("message")))
        .map(message -> ": " + shown(message))
        .orElse("");
    FetchException refused = passing(
        "F&O refuses the action %s (status %d)%s".formatted(action, status, told) + advice, null);
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("[0-9]{1,3}"))
        .map(seconds -> refused.askingFor(Duration.ofSeconds(Integer.parseInt(seconds))))
        .orElse(refused);
  }

  private static String shown(String message) {
    String plain = Redaction.of(message.replaceAll("\\p{Cntrl}+", " ").strip());
    return plain.length() > MOST_SHOWN ? plain.substring(0, MOST_SHOWN) + "..." : plain;
  }

  private static FetchException passing(String message, @Nullable Exception cause) {
    return FetchException.passing(Reason.FILE_UNAVAILABLE, message + ".", cause);
  }
}
