package dev.landfall.transport.finops;

import dev.landfall.download.HostPolicy;
import dev.landfall.download.HttpAnswer;
import dev.landfall.download.HttpReader;
import dev.landfall.download.JdkHttpReader;
import dev.landfall.download.Patience;
import dev.landfall.download.RetryAfter;
import dev.landfall.event.LandfallException;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.Payload;
import dev.landfall.event.Reason;
import dev.landfall.event.Redaction;
import dev.landfall.file.FetchException;
import dev.landfall.file.Sha256;
import dev.landfall.json.EventReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An F&amp;O environment that is asked for what it exports: its address, and who gives the tokens
 * for it.
 *
 * <pre>{@code
 * FinopsEnvironment contoso =
 *     FinopsEnvironment.at(URI.create("https://contoso.operations.dynamics.com"), tokens);
 * }</pre>
 *
 * <p>Tokens go to that address alone, over https, and no redirect is followed, since F&amp;O sends
 * who is not let in to a page for people. No proxy is taken from the environment. Make one for an
 * environment and share it: exports of one data project then never run at once. For any number of
 * threads.
 */
public final class FinopsEnvironment {

  static final Duration USUAL_ANSWER = Duration.ofSeconds(30);

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration BUSY = Duration.ofSeconds(30);
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");
  private static final int MOST_SHOWN = 300;
  private static final int BLOCK = 64 * 1024;

  private final URI origin;
  private final String path;
  private final Supplier<String> token;
  private final Clock clock = Clock.systemUTC();
  private final EventReader reader = new EventReader();
  private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .followRedirects(HttpClient.Redirect.NEVER)
      .proxy(HttpClient.Builder.NO_PROXY)
      .connectTimeout(CONNECT)
      .build();

  private FinopsEnvironment(URI origin, String path, Supplier<String> token) {
    this.origin = origin;
    this.path = path;
    this.token = token;
  }

  /**
   * {@return the environment at an address}
   *
   * @param address such as {@code https://contoso.operations.dynamics.com}; https, or http on this
   *     machine's loopback address for an emulator. What follows the host is ignored, but for the
   *     path of an environment on-premises, such as {@code /namespaces/AXSF}
   * @param token gives a bearer token whenever one is needed, such as {@link EntraTokens}; called
   *     by several threads at once, and may block
   * @throws IllegalArgumentException if the address is neither
   */
  public static FinopsEnvironment at(URI address, Supplier<String> token) {
    String host = String.valueOf(address.getHost());
    boolean isLocal =
        "http".equals(address.getScheme()) && ("127.0.0.1".equals(host) || "[::1]".equals(host));
    if (address.getHost() == null
        || address.getUserInfo() != null
        || !("https".equals(address.getScheme()) || isLocal)) {
      throw new IllegalArgumentException(
          "An environment is an address such as https://contoso.operations.dynamics.com; http only on 127.0.0.1 or [::1].");
    }
    return new FinopsEnvironment(
        URI.create(address.getScheme() + "://" + address.getRawAuthority()),
        address.getRawPath().replaceAll("/+$", ""),
        token);
  }

  /**
   * What the environment answered.
   *
   * @param status of HTTP
   * @param object the body, if it is a JSON object and not longer than was asked for
   * @param retryAfter how long it wants to be left alone
   */
  record Answer(int status, Optional<Payload> object, Duration retryAfter) {}

  /**
   * {@return a token; what gives none may give one later, as what is wrong can be mended}
   *
   * @throws FetchException if there is none now
   */
  String token() {
    String given;
    try {
      given = token.get();
    } catch (LandfallException known) {
      throw FetchException.passing(known.reason(), String.valueOf(known.getMessage()), known)
          .askingFor(known.retryAfter());
    } catch (RuntimeException | Error foreign) {
      // Its message may hold what is secret.
      throw passing(
          "There is no token for %s (%s)".formatted(this, foreign.getClass().getName()), null);
    }
    if (given == null || !TOKEN.matcher(given).matches()) {
      // A header would refuse it, and quote it.
      throw passing(
          "A token is one word of ASCII; what was given for %s is none, such as one with a line break at its end"
              .formatted(this),
          null);
    }
    return given;
  }

  /** {@return who may start an export of a data project; one at a time} */
  Semaphore turnOf(String project) {
    return turns.computeIfAbsent(project, any -> new Semaphore(1));
  }

  Answer get(String what, String pathAndQuery, int mostBytes) {
    return send(what, request(pathAndQuery, USUAL_ANSWER).GET().build(), mostBytes);
  }

  Answer post(String what, String path, byte[] json, Duration patience, int mostBytes) {
    return send(
        what,
        request(path, patience)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json))
            .build(),
        mostBytes);
  }

  private HttpRequest.Builder request(String pathAndQuery, Duration patience) {
    return HttpRequest.newBuilder(here(path + pathAndQuery))
        .timeout(patience)
        .header("Authorization", "Bearer " + token());
  }

  private Answer send(String what, HttpRequest request, int mostBytes) {
    try {
      HttpResponse<byte[]> answer = whole(request, mostBytes);
      return new Answer(answer.statusCode(), object(answer.body()), retryAfter(answer));
    } catch (IOException failure) {
      throw passing("%s cannot be asked for at %s".formatted(what, this), failure);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw passing("%s was interrupted".formatted(what), closing);
    }
  }

  /** The client's own timeout ends with the head of an answer; its body could take for ever. */
  private HttpResponse<byte[]> whole(HttpRequest request, int mostBytes)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> call =
        client.sendAsync(request, head -> beginning(mostBytes));
    try {
      Duration patience = request.timeout().orElse(USUAL_ANSWER);
      return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof IOException known ? known : new IOException(failure);
    } catch (TimeoutException silent) {
      throw new HttpTimeoutException("The answer has no end.");
    } finally {
      call.cancel(true);
    }
  }

  private static BodySubscriber<byte[]> beginning(int mostBytes) {
    var read = new ByteArrayOutputStream();
    return BodySubscribers.mapping(
        BodySubscribers.ofByteArrayConsumer(more -> more.ifPresent(
            bytes -> read.write(bytes, 0, Math.min(bytes.length, mostBytes - read.size())))),
        end -> read.toByteArray());
  }

  /** Not resolved: what begins with two slashes would lead to another host, and take the token. */
  private URI here(String pathAndQuery) {
    return URI.create(origin + pathAndQuery);
  }

  /** {@return the digest of a file that F&amp;O has named, which is read and not kept} */
  Sha256 digest(String location) {
    URI file = file(location);
    HostPolicy here = HostPolicy.nothing().trust(origin);
    MessageDigest digest = Sha256.newDigest();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    try (HttpReader files = JdkHttpReader.open(here, Patience.usual());
        HttpAnswer answer = files.get(file, Map.of("Authorization", "Bearer " + token()))) {
      if (answer.status() == 404 || answer.status() == 410) {
        throw FetchException.permanent(
            Reason.FILE_GONE, "The file of an export is not at %s any more.".formatted(this));
      }
      if (answer.status() != 200) {
        throw passing(
            "The file of an export is refused (status %d)".formatted(answer.status()), null);
      }
      while (answer.read(block) >= 0) {
        digest.update(block.flip());
        block.clear();
      }
      return Sha256.of(digest);
    } catch (IOException failure) {
      throw passing("The file of an export cannot be read at %s".formatted(this), failure);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw passing("The file of an export was not read to its end", closing);
    }
  }

  /**
   * {@return where a file lies that F&amp;O has named, on this environment}
   *
   * @throws FetchException if it names another host
   */
  URI file(String location) {
    try {
      URI uri = new URI(location);
      if (!origin.getHost().equalsIgnoreCase(uri.getHost()) || uri.getRawUserInfo() != null) {
        throw FetchException.permanent(
            Reason.HOST_NOT_ALLOWED,
            "What F&O names lies in its own environment, and not at the host %s; a token is shown to no other."
                .formatted(uri.getHost()));
      }
      return here(pathAndQuery(uri));
    } catch (URISyntaxException none) {
      throw FetchException.permanent(
          Reason.LINK_MALFORMED,
          "What F&O names is a URL; this one is none: %s.".formatted(none.getReason()));
    }
  }

  /** {@return what to ask for to have the next page of a list, whose link F&amp;O has named} */
  String page(String link) {
    String onHost = pathAndQuery(file(link));
    return onHost.startsWith(path + "/") ? onHost.substring(path.length()) : onHost;
  }

  private static String pathAndQuery(URI uri) {
    String query = uri.getRawQuery();
    return uri.getRawPath() + (query == null ? "" : "?" + query);
  }

  /** {@return whether nothing can have come of a call, as it never reached the environment} */
  static boolean isUnsent(FetchException failure) {
    return failure.getCause() instanceof ConnectException
        || failure.getCause() instanceof HttpConnectTimeoutException;
  }

  private Optional<Payload> object(byte[] body) {
    try {
      return Optional.of(reader.payload(body));
    } catch (MalformedEventException none) {
      return Optional.empty();
    }
  }

  /** {@return what is wrong if an answer is not what was asked for, with F&amp;O's own words} */
  FetchException refusal(String what, Answer answer) {
    int status = answer.status();
    String advice = status / 100 == 3
        ? " A redirect leads to a sign-in and is not followed; the token is not accepted, or the environment is on-premises and does not offer this."
        : status == 401 || status == 403
            ? " The token is not accepted; its application must be registered in F&O and its user"
                + " have the rights of data management."
            : "";
    String told = told(answer).map(message -> ": " + shown(message)).orElse("");
    return passing("F&O refuses %s (status %d)%s".formatted(what, status, told) + advice, null)
        .askingFor(answer.retryAfter());
  }

  /** OData puts what helps in {@code error.innererror.message}. */
  static Optional<String> told(Answer answer) {
    return answer
        .object()
        .flatMap(read -> read.nested("error"))
        .flatMap(error -> error
            .nested("innererror")
            .flatMap(inner -> inner.text("message"))
            .or(() -> error.text("message")));
  }

  static String shown(String message) {
    String plain = Redaction.of(message.replaceAll("\\p{Cntrl}+", " ").strip());
    return plain.length() > MOST_SHOWN ? plain.substring(0, MOST_SHOWN) + "..." : plain;
  }

  static FetchException passing(String message, @Nullable Exception cause) {
    return FetchException.passing(Reason.FILE_UNAVAILABLE, message + ".", cause);
  }

  /** F&amp;O says 429 with the seconds; without them its documentation tells to wait for 30. */
  private Duration retryAfter(HttpResponse<?> answer) {
    Duration told = answer
        .headers()
        .firstValue("Retry-After")
        .map(value -> RetryAfter.of(value, clock.instant()))
        .orElse(Duration.ZERO);
    return told.isZero() && answer.statusCode() == 429 ? BUSY : told;
  }

  /** {@return its address} */
  @Override
  public String toString() {
    return origin + path;
  }
}
