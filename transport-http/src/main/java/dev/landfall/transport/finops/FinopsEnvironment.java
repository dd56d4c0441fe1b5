package dev.landfall.transport.finops;

import dev.landfall.download.HostPolicy;
import dev.landfall.download.HttpAnswer;
import dev.landfall.download.HttpReader;
import dev.landfall.download.JdkHttpReader;
import dev.landfall.download.Patience;
import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Pattern;

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

  private static final Pattern TOKEN = Pattern.compile("[!-~]+");
  private static final int BLOCK = 64 * 1024;

  private final URI origin;
  private final String path;
  private final Supplier<String> token;
  private final FinopsLine line = new FinopsLine(Clock.systemUTC());
  private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();

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
      throw FinopsAnswer.passing(
          "There is no token for %s (%s)".formatted(this, foreign.getClass().getName()), null);
    }
    if (given == null || !TOKEN.matcher(given).matches()) {
      // A header would refuse it, and quote it.
      throw FinopsAnswer.passing(
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

  FinopsAnswer get(String what, String pathAndQuery, int mostBytes) {
    return line.send(calling(what), request(pathAndQuery, USUAL_ANSWER).GET().build(), mostBytes);
  }

  FinopsAnswer post(String what, String path, byte[] json, Duration patience, int mostBytes) {
    return line.send(
        calling(what),
        request(path, patience)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json))
            .build(),
        mostBytes);
  }

  private String calling(String what) {
    return what + " of " + this;
  }

  private HttpRequest.Builder request(String pathAndQuery, Duration patience) {
    return HttpRequest.newBuilder(here(path + pathAndQuery))
        .timeout(patience)
        .header("Authorization", "Bearer " + token());
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
        throw FinopsAnswer.passing(
            "The file of an export is refused (status %d)".formatted(answer.status()), null);
      }
      while (answer.read(block) >= 0) {
        digest.update(block.flip());
        block.clear();
      }
      return Sha256.of(digest);
    } catch (IOException failure) {
      throw FinopsAnswer.passing(
          "The file of an export cannot be read at %s".formatted(this), failure);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw FinopsAnswer.passing("The file of an export was not read to its end", closing);
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

  /** {@return its address} */
  @Override
  public String toString() {
    return origin + path;
  }
}
