package dev.landfall.emulator.blob;

import dev.landfall.emulator.http.Answer;
import dev.landfall.emulator.http.HttpDate;
import dev.landfall.emulator.http.Request;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Sends a blob, or the asked part of it, to a request that may read it. */
final class BlobAnswer {

  private static final int BUFFER = 256 * 1024;
  private static final long LARGEST_RANGE_WITH_MD5 = 4 * 1024 * 1024;

  private final Blob blob;
  private final Request request;
  private final Answer answer;

  BlobAnswer(Blob blob, Request request, Answer answer) {
    this.blob = blob;
    this.request = request;
    this.answer = answer;
  }

  /** {@return why nothing was sent, or nothing if the answer is out} */
  Optional<AzureError> send() throws IOException {
    if (request.header("If-Match").filter(tags -> !matches(tags)).isPresent()) {
      return Optional.of(AzureError.CONDITION_NOT_MET);
    }
    if (request.header("If-None-Match").filter(this::matches).isPresent()) {
      describe().header("x-ms-error-code", AzureError.CONDITION_NOT_MET.code());
      answer.send(304, new byte[0]);
      return Optional.empty();
    }
    Optional<ByteRange> range =
        request.header("x-ms-range").or(() -> request.header("Range")).flatMap(ByteRange::parse);
    if (range.isPresent() && range.get().first() >= blob.length()) {
      answer.header("Content-Range", "bytes */" + blob.length());
      return Optional.of(AzureError.INVALID_RANGE);
    }
    try (FileChannel file = FileChannel.open(blob.file())) {
      return range.isPresent()
          ? sendPart(file, range.get().within(blob.length()))
          : sendWhole(file);
    } catch (NoSuchFileException removedMeanwhile) {
      return Optional.of(AzureError.BLOB_NOT_FOUND);
    }
  }

  private Optional<AzureError> sendWhole(FileChannel file) throws IOException {
    describe();
    if (blob.contentMd5() != null) {
      answer.header("Content-MD5", blob.contentMd5());
    }
    answer.send(200, blob.length(), out -> copy(file, 0, blob.length(), out));
    return Optional.empty();
  }

  private Optional<AzureError> sendPart(FileChannel file, ByteRange part) throws IOException {
    boolean withMd5 = request
        .header("x-ms-range-get-content-md5")
        .filter("true"::equalsIgnoreCase)
        .isPresent();
    if (withMd5 && part.length() > LARGEST_RANGE_WITH_MD5) {
      return Optional.of(AzureError.OUT_OF_RANGE_INPUT);
    }
    describe()
        .header(
            "Content-Range", "bytes %d-%d/%d".formatted(part.first(), part.last(), blob.length()));
    if (withMd5) {
      answer.header("Content-MD5", md5(file, part));
    }
    answer.send(206, part.length(), out -> copy(file, part.first(), part.length(), out));
    return Optional.empty();
  }

  private static String md5(FileChannel file, ByteRange part) throws IOException {
    MessageDigest md5 = BlobStore.digest("MD5");
    var sink = new OutputStream() {
      @Override
      public void write(int b) {
        md5.update((byte) b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        md5.update(bytes, offset, length);
      }
    };
    copy(file, part.first(), part.length(), sink);
    return Base64.getEncoder().encodeToString(md5.digest());
  }

  private Answer describe() {
    if (blob.contentMd5() != null) {
      answer.header("x-ms-blob-content-md5", blob.contentMd5());
    }
    return answer
        .header("Content-Type", "application/octet-stream")
        .header("Accept-Ranges", "bytes")
        .header("ETag", blob.etag())
        .header("Last-Modified", HttpDate.format(blob.lastModified()))
        .header("x-ms-creation-time", HttpDate.format(blob.lastModified()))
        .header("x-ms-blob-type", "BlockBlob");
  }

  private boolean matches(String tags) {
    return Arrays.stream(tags.split(","))
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || tag.equals(blob.etag()));
  }

  private static void copy(FileChannel file, long from, long length, OutputStream out)
      throws IOException {
    var buffer = ByteBuffer.allocate((int) Math.min(BUFFER, length));
    long position = from;
    long end = from + length;
    while (position < end) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
      int read = file.read(buffer, position);
      if (read < 0) {
        throw new EOFException("A blob's file is shorter than when it was stored.");
      }
      out.write(buffer.array(), 0, read);
      position += read;
    }
  }
}
