package dev.landfall.transport.finops;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.Payload;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.json.EventReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One request of MSAL and its answer, which is judged before MSAL sees it: what MSAL cannot read it
 * quotes, in exceptions and in its log.
 */
final class EntraExchange implements IHttpClient {

  /** What the JDK's client writes by itself. */
  private static final Set<String> OWN = Set.of("content-length", "host", "connection");

  /** What a header can hold; another is quoted by who refuses to send it. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  private static final long LONGEST_LIFE = Duration.ofDays(7).toSeconds();

  private final EntraLine line;
  private final String application;
  private final String resource;
  private Duration lifetime = Duration.ZERO;

  EntraExchange(EntraLine line, String application, String resource) {
    this.line = line;
    this.application = application;
    this.resource = resource;
  }

  Duration lifetime() {
    return lifetime;
  }

  @Override
  public IHttpResponse send(HttpRequest request) {
    java.net.http.HttpResponse<String> answer;
    try {
      answer = line.send(translated(request));
    } catch (IOException failure) {
      throw FetchException.passing(
          Reason.FILE_UNAVAILABLE,
          "Entra cannot be asked for a token at %s.".formatted(line.authority()),
          failure);
    }
    Optional<Payload> body = object(answer.body());
    if (answer.statusCode() != 200) {
      throw EntraRefusal.of(
          answer.statusCode(),
          body,
          answer.headers().firstValue("Retry-After"),
          application,
          resource);
    }
    lifetime = body.flatMap(EntraExchange::life)
        .orElseThrow(() -> FetchException.passing(
            Reason.FILE_UNAVAILABLE,
            "Entra answers with a bearer token and its life in seconds; what answers at %s does not."
                .formatted(line.authority()),
            null));
    HttpResponse good = new HttpResponse().statusCode(200).body(answer.body());
    good.addHeaders(answer.headers().map());
    return good;
  }

  private static java.net.http.HttpRequest translated(HttpRequest request) {
    java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(
            URI.create(request.url().toString()))
        .method(
            request.httpMethod().name(),
            request.body() == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(request.body()));
    request.headers().forEach((name, value) -> {
      if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
        builder.setHeader(name, value);
      }
    });
    return builder.build();
  }

  private static Optional<Payload> object(String body) {
    try {
      return Optional.of(new EventReader().payload(body.getBytes(StandardCharsets.UTF_8)));
    } catch (MalformedEventException none) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> life(Payload answer) {
    boolean isToken = answer
            .text("access_token")
            .filter(token -> TOKEN.matcher(token).matches())
            .isPresent()
        && answer.text("token_type").filter("bearer"::equalsIgnoreCase).isPresent();
    long seconds = answer.integer("expires_in").orElse(0);
    return isToken && seconds > 0 && seconds <= LONGEST_LIFE
        ? Optional.of(Duration.ofSeconds(seconds))
        : Optional.empty();
  }
}
