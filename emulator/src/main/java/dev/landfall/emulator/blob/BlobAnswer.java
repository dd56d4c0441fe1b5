package dev.landfall.emulator.blob;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Sends a blob, or the asked part of it, to a request that may read it. */
final class BlobAnswer {

  private static final long LARGEST_RANGE_WITH_MD5 = 4 * 1024 * 1024;

  private final Blob blob;
  private final boolean asStorage;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final HttpFields asked;
  private final HttpFields.Mutable headers;

  /** As the storage itself has headers that whoever passes its files on has not. */
  BlobAnswer(Blob blob, boolean asStorage, Request request, Response response, Callback callback) {
    this.blob = blob;
    this.asStorage = asStorage;
    this.request = request;
    this.response = response;
    this.callback = callback;
    asked = request.getHeaders();
    headers = response.getHeaders();
  }

  /** {@return why nothing is sent, or nothing if the answer is on its way} */
  Optional<AzureError> send(ByteBufferPool.Sized buffers, long cutAfter) throws IOException {
    if (asked.contains(HttpHeader.IF_MATCH) && !matches(HttpHeader.IF_MATCH)) {
      return Optional.of(AzureError.CONDITION_NOT_MET);
    }
    if (matches(HttpHeader.IF_NONE_MATCH)) {
      describe();
      headers.put("x-ms-error-code", AzureError.CONDITION_NOT_MET.code());
      response.setStatus(HttpStatus.NOT_MODIFIED_304);
      // As a last write it would be given a Content-Length of 0, which is not the blob's.
      response.write(false, null, callback);
      return Optional.empty();
    }
    Optional<ByteRange> range = Optional.ofNullable(asked.get("x-ms-range"))
        .or(() -> Optional.ofNullable(asked.get(HttpHeader.RANGE)))
        .flatMap(ByteRange::parse);
    if (range.isPresent() && range.get().first() >= blob.length()) {
      headers.put(HttpHeader.CONTENT_RANGE, "bytes */" + blob.length());
      return Optional.of(AzureError.INVALID_RANGE);
    }
    boolean withMd5 =
        range.isPresent() && "true".equalsIgnoreCase(asked.get("x-ms-range-get-content-md5"));
    ByteRange part = range.orElse(new ByteRange(0, Long.MAX_VALUE)).within(blob.length());
    if (withMd5 && part.length() > LARGEST_RANGE_WITH_MD5) {
      return Optional.of(AzureError.OUT_OF_RANGE_INPUT);
    }
    try {
      if (range.isEmpty()) {
        send(HttpStatus.OK_200, part, blob.contentMd5(), buffers, cutAfter);
      } else {
        send(HttpStatus.PARTIAL_CONTENT_206, part, withMd5 ? md5(part) : null, buffers, cutAfter);
      }
      return Optional.empty();
    } catch (NoSuchFileException removedMeanwhile) {
      return Optional.of(AzureError.BLOB_NOT_FOUND);
    }
  }

  private void send(
      int status, ByteRange part, @Nullable String md5, ByteBufferPool.Sized buffers, long cutAfter)
      throws IOException {
    FileChannel file = FileChannel.open(blob.file());
    response.setStatus(status);
    describe();
    headers.put(HttpHeader.CONTENT_LENGTH, part.length());
    if (status == HttpStatus.PARTIAL_CONTENT_206) {
      headers.put(
          HttpHeader.CONTENT_RANGE,
          "bytes %d-%d/%d".formatted(part.first(), part.last(), blob.length()));
    }
    if (md5 != null && asStorage) {
      headers.put(HttpHeader.CONTENT_MD5, md5);
    }
    long sent = HttpMethod.HEAD.is(request.getMethod()) ? 0 : part.length();
    // The source closes the file at its end or failure. A body that is shorter than announced makes
    // the server end the connection.
    Content.copy(
        Content.Source.from(buffers, file, part.first(), Math.min(sent, cutAfter)),
        response,
        callback);
  }

  private String md5(ByteRange part) throws IOException {
    var bytes = ByteBuffer.allocate((int) part.length());
    try (FileChannel file = FileChannel.open(blob.file())) {
      while (bytes.hasRemaining()) {
        if (file.read(bytes, part.first() + bytes.position()) < 0) {
          throw new EOFException("A blob's file is shorter than when it was stored.");
        }
      }
    }
    MessageDigest md5 = BlobStore.digest("MD5");
    md5.update(bytes.flip());
    return Base64.getEncoder().encodeToString(md5.digest());
  }

  private void describe() {
    headers
        .put(HttpHeader.CONTENT_TYPE, "application/octet-stream")
        .put(HttpHeader.ACCEPT_RANGES, "bytes");
    if (!asStorage) {
      return;
    }
    if (blob.contentMd5() != null) {
      headers.put("x-ms-blob-content-md5", blob.contentMd5());
    }
    headers
        .put(HttpHeader.ETAG, blob.etag())
        .put(HttpHeader.LAST_MODIFIED, DateGenerator.formatDate(blob.lastModified()))
        .put("x-ms-creation-time", DateGenerator.formatDate(blob.lastModified()))
        .put("x-ms-blob-type", "BlockBlob");
  }

  private boolean matches(HttpHeader condition) {
    return asked.getCSV(condition, true).stream()
        .anyMatch(tag -> tag.equals("*") || tag.equals(blob.etag()));
  }
}
