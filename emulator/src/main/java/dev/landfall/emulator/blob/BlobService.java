package dev.landfall.emulator.blob;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests for blobs of the container {@code dmf} as Azure Blob Storage does.
 *
 * <p>A link is checked before anything else, so a stranger learns nothing, and only at the start of
 * a request: a download that outlives its link goes on to its end.
 */
public final class BlobService extends Handler.Abstract {

  private static final String CONTAINER = "/dmf/";
  private static final int BUFFER = 256 * 1024;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final BlobStore store;
  private final Clock clock;
  private final long cutAfter;
  private final LinkSigner signer = LinkSigner.random();
  // The server's own pool keeps no buffers as large as this.
  private final ByteBufferPool.Sized buffers =
      new ByteBufferPool.Sized(new ArrayByteBufferPool(0, -1, BUFFER), true, BUFFER);

  /**
   * A service over a store.
   *
   * @param store holds the blobs
   * @param clock decides which links are alive
   * @param cutAfter how many bytes of a body are sent before it is broken off
   */
  public BlobService(BlobStore store, Clock clock, long cutAfter) {
    this.store = store;
    this.clock = clock;
    this.cutAfter = cutAfter;
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
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    Instant now = clock.instant();
    String requestId = UUID.randomUUID().toString();
    response
        .getHeaders()
        .put(HttpHeader.DATE, DateGenerator.formatDate(now))
        .put(HttpHeader.SERVER, "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0")
        .put("x-ms-request-id", requestId)
        .put("x-ms-version", "2014-02-14");
    // "+" is a plus sign in a path, and only there.
    Optional<String> path = decoded(request.getHttpURI().getPath().replace("+", "%2B"));
    Optional<AzureError> refusal = refusal(request, path.orElse("/"), now);
    Optional<Blob> blob = path.filter(p -> p.startsWith(CONTAINER))
        .flatMap(p -> store.find(p.substring(CONTAINER.length())));
    if (refusal.isEmpty()) {
      refusal = blob.isEmpty()
          ? Optional.of(AzureError.BLOB_NOT_FOUND)
          : new BlobAnswer(blob.get(), true, request, response, callback).send(buffers, cutAfter);
    }
    refusal.ifPresent(error -> refuse(error, requestId, now, response, callback));
    return true;
  }

  /**
   * Sends a blob to who was let in by somebody else, without what Azure tells about it.
   *
   * @param blob a stored one
   * @param request may ask for a part
   * @param response to be written
   * @param callback for its end
   * @throws IOException if the disk fails
   */
  public void send(Blob blob, Request request, Response response, Callback callback)
      throws IOException {
    new BlobAnswer(blob, false, request, response, callback)
        .send(buffers, cutAfter)
        .ifPresent(error -> {
          response.setStatus(error.status());
          response.write(true, null, callback);
        });
  }

  private Optional<AzureError> refusal(Request request, String path, Instant now) {
    if (request.getHeaders().contains(HttpHeader.AUTHORIZATION)) {
      return Optional.of(AzureError.INVALID_AUTHENTICATION_INFO);
    }
    String query = Objects.requireNonNullElse(request.getHttpURI().getQuery(), "");
    return signer.refusal(query, path, now).or(() -> switch (request.getMethod()) {
      case "GET", "HEAD" -> Optional.empty();
      case "PUT", "DELETE" -> Optional.of(AzureError.PERMISSION_MISMATCH);
      default -> Optional.of(AzureError.UNSUPPORTED_VERB);
    });
  }

  private static void refuse(
      AzureError error, String requestId, Instant now, Response response, Callback callback) {
    response.setStatus(error.status());
    HttpFields.Mutable headers = response
        .getHeaders()
        .put("x-ms-error-code", error.code())
        .put(HttpHeader.CONTENT_TYPE, "application/xml");
    if (error.equals(AzureError.UNSUPPORTED_VERB)) {
      headers.put(HttpHeader.ALLOW, "GET, HEAD");
    }
    if (error.equals(AzureError.NO_AUTHENTICATION_INFORMATION)) {
      headers.put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    }
    Content.Sink.write(response, true, error.xml(requestId, TIME.format(now)), callback);
  }

  private static Optional<String> decoded(String path) {
    try {
      return Optional.of(URLDecoder.decode(path, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
