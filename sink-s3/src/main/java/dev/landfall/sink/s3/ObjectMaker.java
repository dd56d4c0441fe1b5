package dev.landfall.sink.s3;

import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Makes objects in a bucket, by the requests that there are for it.
 *
 * <p>Checksums go in headers, with values known before: most servers that do not know them pass
 * them over, while they would take the trailers that the client prefers for part of the object.
 * What a server refuses is left out from then on.
 */
final class ObjectMaker {

  private static final String ANY = "*";
  private static final Set<String> IN_VAIN = Set.of(
      "BadDigest",
      "ConditionalRequestConflict",
      "InvalidPart",
      "InvalidPartOrder",
      Failures.NO_SUCH_UPLOAD,
      "XAmzContentChecksumMismatch");

  private final Bucket bucket;
  private final S3Client client;
  private final ObjectSettings settings;
  private final Refusable putCondition = new Refusable();
  private final Refusable completeCondition = new Refusable();
  private volatile boolean withChecksums = true;
  private volatile boolean answersChecksums = true;

  ObjectMaker(Bucket bucket, ObjectSettings settings) {
    this.bucket = bucket;
    this.client = bucket.client();
    this.settings = settings;
  }

  /** {@return how making an object in one request ended} */
  Outcome put(String key, Content content, Map<String, String> labels)
      throws IOException, InterruptedException {
    String digest = StoredObject.base64(content.sha256());
    Part whole = content.whole();
    try (Body body = new Body(whole)) {
      PutObjectResponse made =
          putCondition.given(condition -> unlessChecksumsAreRefused(sums -> client.putObject(
              settings
                  .put()
                  .bucket(bucket.name())
                  .key(key)
                  .contentType(content.type())
                  .contentEncoding(content.encoding())
                  .metadata(labels)
                  .checksumSHA256(sums ? digest : null)
                  .contentMD5(sums ? null : base64(whole.md5()))
                  .ifNoneMatch(condition)
                  .build(),
              body.request())));
      boolean proven = made.checksumSHA256() != null
          ? digest.equals(made.checksumSHA256())
          : whole.md5().equals(StoredObject.tag(made.eTag()));
      return proven ? Outcome.PROVEN : Outcome.UNPROVEN;
    } catch (S3Exception answer) {
      if (isTaken(answer)) {
        return Outcome.NOT_MADE;
      }
      throw Failures.of("storing " + bucket.address(key), answer);
    } catch (SdkException | UncheckedIOException failure) {
      throw Failures.of("storing " + bucket.address(key), bucket.explained(failure));
    }
  }

  /** {@return an upload of an object in parts, of which none is there yet} */
  Upload begin(String key, Content content, Map<String, String> labels)
      throws InterruptedException {
    CreateMultipartUploadResponse begun = Bucket.ask(
        "beginning to store " + bucket.address(key),
        () -> unlessChecksumsAreRefused(sums -> client.createMultipartUpload(settings
            .multipart()
            .bucket(bucket.name())
            .key(key)
            .contentType(content.type())
            .contentEncoding(content.encoding())
            .metadata(labels)
            .checksumAlgorithm(sums ? ChecksumAlgorithm.CRC32 : null)
            .checksumType(sums ? ChecksumType.FULL_OBJECT : null)
            .build())));
    return new Upload(
        key, begun.uploadId(), content, labels, begun.checksumType() == ChecksumType.FULL_OBJECT);
  }

  /**
   * {@return what the server has of a part now}
   *
   * <p>One that does not answer the checksum of a part gets MD5 for the next ones, which it may
   * know and which its entity tags are compared with anyway.
   */
  SentPart put(Upload upload, Part part) throws IOException, InterruptedException {
    return upload.ofTheWhole() || (withChecksums && answersChecksums)
        ? putWithChecksum(upload, part)
        : putWithMd5(upload, part);
  }

  private SentPart putWithChecksum(Upload upload, Part part)
      throws IOException, InterruptedException {
    Crc32 checksum;
    try (InputStream bytes = part.open()) {
      checksum = Crc32.of(bytes);
    }
    UploadPartResponse sent = put(upload, part, request -> request.checksumCRC32(checksum.text()));
    boolean told = sent.checksumCRC32() != null;
    answersChecksums = told;
    if (told && !checksum.text().equals(sent.checksumCRC32())) {
      throw SinkException.unavailable(
          "What the server has of part %d of %s is not what was sent; it is sent again."
              .formatted(part.number(), bucket.address(upload.key())),
          null);
    }
    return told
        ? SentPart.told(part.number(), sent.eTag(), checksum)
        : SentPart.untold(part.number(), sent.eTag(), part.md5());
  }

  private SentPart putWithMd5(Upload upload, Part part) throws IOException, InterruptedException {
    String md5 = part.md5();
    UploadPartResponse sent = put(upload, part, request -> request.contentMD5(base64(md5)));
    return SentPart.untold(part.number(), sent.eTag(), md5);
  }

  private UploadPartResponse put(
      Upload upload, Part part, Consumer<UploadPartRequest.Builder> proof)
      throws IOException, InterruptedException {
    UploadPartRequest.Builder request = UploadPartRequest.builder()
        .bucket(bucket.name())
        .key(upload.key())
        .uploadId(upload.id())
        .partNumber(part.number())
        .expectedBucketOwner(settings.owner());
    proof.accept(request);
    try (Body body = new Body(part)) {
      return Bucket.ask(
          "storing part %d of %s".formatted(part.number(), bucket.address(upload.key())),
          () -> client.uploadPart(request.build(), body.request()));
    }
  }

  /** {@return how making an object of its parts ended} */
  Outcome complete(Upload upload) throws InterruptedException {
    String whole = upload.ofTheWhole() ? upload.checksum().map(Crc32::text).orElse(null) : null;
    try {
      CompleteMultipartUploadResponse made =
          completeCondition.given(condition -> client.completeMultipartUpload(request -> request
              .bucket(bucket.name())
              .key(upload.key())
              .uploadId(upload.id())
              .checksumCRC32(whole)
              .checksumType(whole == null ? null : ChecksumType.FULL_OBJECT)
              .ifNoneMatch(condition)
              .expectedBucketOwner(settings.owner())
              .multipartUpload(all ->
                  all.parts(upload.parts().stream().map(ObjectMaker::completed).toList()))));
      upload.complete();
      boolean another =
          whole != null && made.checksumCRC32() != null && !whole.equals(made.checksumCRC32());
      return !another && upload.isProvenBy(StoredObject.tag(made.eTag()))
          ? Outcome.PROVEN
          : Outcome.UNPROVEN;
    } catch (S3Exception answer) {
      // It may have been completed by a request whose answer was lost, too.
      if (isTaken(answer) || IN_VAIN.contains(Failures.code(answer))) {
        return Outcome.NOT_MADE;
      }
      throw Failures.of("completing " + bucket.address(upload.key()), answer);
    } catch (SdkException | UncheckedIOException failure) {
      throw Failures.of("completing " + bucket.address(upload.key()), failure);
    }
  }

  private static CompletedPart completed(SentPart part) {
    return CompletedPart.builder()
        .partNumber(part.number())
        .eTag(part.etag())
        .checksumCRC32(part.checksum() == null ? null : part.checksum().text())
        .build();
  }

  /** A completion may fail with a code only, after an answer that began well. */
  private static boolean isTaken(S3Exception answer) {
    return answer.statusCode() == 412 || "PreconditionFailed".equals(Failures.code(answer));
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  @FunctionalInterface
  private interface Checked<T> {
    T with(boolean checksums);
  }

  @FunctionalInterface
  private interface Conditional<T> {
    T on(@Nullable String condition);
  }

  private <T> T unlessChecksumsAreRefused(Checked<T> request) {
    if (!withChecksums) {
      return request.with(false);
    }
    try {
      return request.with(true);
    } catch (S3Exception answer) {
      boolean refused = answer.statusCode() == 400 || answer.statusCode() == 501;
      if (!refused || !Failures.words(answer).toLowerCase(Locale.ROOT).contains("x-amz-checksum")) {
        throw answer;
      }
      T made = request.with(false);
      withChecksums = false;
      return made;
    }
  }

  /**
   * A condition on one kind of request. Some servers do not have it and say so; those that say
   * nothing are found out elsewhere.
   */
  private static final class Refusable {

    private volatile boolean refused;

    <T> T given(Conditional<T> request) {
      if (refused) {
        return request.on(null);
      }
      try {
        return request.on(ANY);
      } catch (S3Exception answer) {
        if (answer.statusCode() != 501) {
          throw answer;
        }
        T made = request.on(null);
        refused = true;
        return made;
      }
    }
  }
}
