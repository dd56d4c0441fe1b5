package dev.landfall.emulator.blob;

import dev.landfall.emulator.http.Answer;
import dev.landfall.emulator.http.Handler;
import dev.landfall.emulator.http.HttpDate;
import dev.landfall.emulator.http.Request;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Answers requests for blobs of the container {@code dmf} as Azure Blob Storage does.
 *
 * <p>A link is checked before anything else, so a stranger learns nothing, and only at the start of
 * a request: a download that outlives its link goes on to its end.
 */
public final class BlobService implements Handler {

  private static final String CONTAINER = "/dmf/";
  private static final Set<String> WRITING_VERBS = Set.of("PUT", "DELETE");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final BlobStore store;
  private final Clock clock;
  private final LinkSigner signer = LinkSigner.random();

  /**
   * A service over a store.
   *
   * @param store holds the blobs
   * @param clock decides which links are alive
   */
  public BlobService(BlobStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * {@return the path and query of a signed link, to be put behind the service's address}
   *
   * @param name the blob's name
   * @param start from when the link is alive
   * @param expiry from when it is dead
   */
  public String link(String name, Instant start, Instant expiry) {
    return CONTAINER
        + LinkSigner.encoded(name)
        + "?"
        + signer.sign(CONTAINER + name, start, expiry);
  }

  @Override
  public void handle(Request request, Answer answer) throws IOException {
    Instant now = clock.instant();
    String requestId = UUID.randomUUID().toString();
    answer
        .header("Date", HttpDate.format(now))
        .header("Server", "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0")
        .header("x-ms-request-id", requestId)
        .header("x-ms-version", "2014-02-14");
    // "+" is a plus sign in a path, and only there.
    Optional<String> path = decoded(request.path().replace("+", "%2B"));
    Optional<AzureError> refusal = refusal(request, path.orElse("/"), now);
    Optional<Blob> blob = path.filter(p -> p.startsWith(CONTAINER))
        .flatMap(p -> store.find(p.substring(CONTAINER.length())));
    if (refusal.isPresent() || blob.isEmpty()) {
      refuse(refusal.orElse(AzureError.BLOB_NOT_FOUND), requestId, now, answer);
    } else {
      Optional<AzureError> failure = new BlobAnswer(blob.get(), request, answer).send();
      if (failure.isPresent()) {
        refuse(failure.get(), requestId, now, answer);
      }
    }
  }

  private Optional<AzureError> refusal(Request request, String path, Instant now) {
    if (request.header("Authorization").isPresent()) {
      return Optional.of(AzureError.INVALID_AUTHENTICATION_INFO);
    }
    return signer.refusal(request.query(), path, now).or(() -> switch (request.method()) {
      case "GET", "HEAD" -> Optional.empty();
      default ->
        Optional.of(
            WRITING_VERBS.contains(request.method())
                ? AzureError.PERMISSION_MISMATCH
                : AzureError.UNSUPPORTED_VERB);
    });
  }

  private static void refuse(AzureError error, String requestId, Instant now, Answer answer)
      throws IOException {
    answer.header("x-ms-error-code", error.code()).header("Content-Type", "application/xml");
    if (error.equals(AzureError.UNSUPPORTED_VERB)) {
      answer.header("Allow", "GET, HEAD");
    }
    if (error.equals(AzureError.NO_AUTHENTICATION_INFORMATION)) {
      answer.header("WWW-Authenticate", "Bearer");
    }
    answer.send(
        error.status(), error.xml(requestId, TIME.format(now)).getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> decoded(String path) {
    try {
      return Optional.of(URLDecoder.decode(path, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
