package dev.landfall.sink.s3;

import dev.landfall.file.Sha256;
import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * One bucket, by the requests that are needed of it; every failure has its meaning here.
 *
 * <p>Checksums go in headers, with values known before: servers that do not know them pass them
 * over, while they would take the trailers that the client prefers for part of the object.
 */
final class Bucket {

  private static final String ANY = "*";
  private static final int MOST_LISTED = 1_000;

  private final S3Client client;
  private final String name;
  private final ObjectSettings settings;

  /** False for servers that refuse requests with a condition. */
  private volatile boolean conditional = true;

  Bucket(S3Client client, String name, ObjectSettings settings) {
    this.client = client;
    this.name = name;
    this.settings = settings;
  }

  /** {@return where an object is, for a person and for most tools} */
  String address(String key) {
    return "s3://" + name + "/" + key;
  }

  /**
   * Asks for a list of nothing, as its answer, other than that for a bucket's head, has a code.
   *
   * @throws SinkException for what is certainly set wrong, for good
   */
  void check() throws InterruptedException {
    try {
      list();
    } catch (SdkException | UncheckedIOException failure) {
      SinkException meaning = Failures.of("a look at s3://" + name, failure);
      if (Failures.toMend(failure).isPresent()) {
        throw SinkException.rejected(String.valueOf(meaning.getMessage()), failure);
      }
    }
  }

  /**
   * {@return what is there under a key}
   *
   * @param required whether a refusal is a failure; else it is as if nothing is there: servers
   *     forbid a look at what is not there to those who must not list, and what else is wrong is
   *     told by the next request, as answers to this one have no words
   */
  Optional<StoredObject> find(String key, boolean required) throws InterruptedException {
    try {
      HeadObjectResponse head = client.headObject(
          request -> request.bucket(name).key(key).expectedBucketOwner(settings.owner()));
      return Optional.of(new StoredObject(head.contentLength(), head.metadata()));
    } catch (S3Exception answer) {
      if (answer.statusCode() == 404 || (answer.statusCode() < 500 && !required)) {
        return Optional.empty();
      }
      throw Failures.of("a look at " + address(key), explained(answer));
    } catch (SdkException | UncheckedIOException failure) {
      throw Failures.of("a look at " + address(key), failure);
    }
  }

  /** {@return how making an object in one request ended} */
  Outcome put(String key, Content content, Map<String, String> labels)
      throws IOException, InterruptedException {
    try (Body body = new Body(content.whole())) {
      String digest = base64(content.sha256());
      PutObjectResponse made = unlessRefused(condition -> client.putObject(
          settings
              .put()
              .bucket(name)
              .key(key)
              .contentType(content.type())
              .contentEncoding(content.encoding())
              .metadata(labels)
              .checksumSHA256(digest)
              .ifNoneMatch(condition)
              .build(),
          body.request()));
      boolean proven = made.checksumSHA256() != null
          ? digest.equals(made.checksumSHA256())
          : content.whole().md5().equals(tag(made.eTag()));
      return proven ? Outcome.PROVEN : Outcome.UNPROVEN;
    } catch (S3Exception answer) {
      if (answer.statusCode() == 412) {
        return Outcome.TAKEN;
      }
      throw Failures.of("storing " + address(key), answer);
    } catch (UnreadFileException disk) {
      throw Failures.of("storing " + address(key), disk);
    } catch (SdkException | UncheckedIOException failure) {
      throw Failures.of("storing " + address(key), explained(failure));
    }
  }

  /** {@return an upload of an object in parts, of which none is there yet} */
  Upload begin(String key, Content content, Map<String, String> labels)
      throws InterruptedException {
    CreateMultipartUploadResponse begun = ask(
        "beginning to store " + address(key),
        () -> client.createMultipartUpload(settings
            .multipart()
            .bucket(name)
            .key(key)
            .contentType(content.type())
            .contentEncoding(content.encoding())
            .metadata(labels)
            .checksumAlgorithm(ChecksumAlgorithm.CRC32)
            .checksumType(ChecksumType.FULL_OBJECT)
            .build()));
    return new Upload(
        key, begun.uploadId(), content, begun.checksumType() == ChecksumType.FULL_OBJECT);
  }

  /** {@return what the server has of a part now} */
  SentPart put(Upload upload, Part part) throws IOException, InterruptedException {
    try (InputStream bytes = part.open();
        Body body = new Body(part)) {
      Crc32 checksum = Crc32.of(bytes);
      UploadPartResponse sent = ask(
          "storing part %d of %s".formatted(part.number(), address(upload.key())),
          () -> client.uploadPart(
              request -> request
                  .bucket(name)
                  .key(upload.key())
                  .uploadId(upload.id())
                  .partNumber(part.number())
                  .checksumCRC32(checksum.text())
                  .expectedBucketOwner(settings.owner()),
              body.request()));
      boolean told = sent.checksumCRC32() != null;
      if (told && !checksum.text().equals(sent.checksumCRC32())) {
        throw SinkException.unavailable(
            "What the server has of part %d of %s is not what was sent; it is sent again."
                .formatted(part.number(), address(upload.key())),
            null);
      }
      return new SentPart(part.number(), sent.eTag(), checksum, told, told ? "" : part.md5());
    }
  }

  /** {@return how making an object of its parts ended} */
  Outcome complete(Upload upload) throws InterruptedException {
    Crc32 whole = upload.checksum();
    try {
      CompleteMultipartUploadResponse made =
          unlessRefused(condition -> client.completeMultipartUpload(request -> request
              .bucket(name)
              .key(upload.key())
              .uploadId(upload.id())
              .checksumCRC32(upload.ofTheWhole() ? whole.text() : null)
              .checksumType(upload.ofTheWhole() ? ChecksumType.FULL_OBJECT : null)
              .ifNoneMatch(condition)
              .expectedBucketOwner(settings.owner())
              .multipartUpload(all ->
                  all.parts(upload.parts().stream().map(Bucket::completed).toList()))));
      return upload.isProvenBy(tag(made.eTag())) ? Outcome.PROVEN : Outcome.UNPROVEN;
    } catch (S3Exception answer) {
      if (answer.statusCode() == 412 || answer.statusCode() == 404) {
        return Outcome.TAKEN;
      }
      throw Failures.of("completing " + address(upload.key()), answer);
    } catch (SdkException | UncheckedIOException failure) {
      throw Failures.of("completing " + address(upload.key()), failure);
    }
  }

  private static CompletedPart completed(SentPart part) {
    return CompletedPart.builder()
        .partNumber(part.number())
        .eTag(part.etag())
        .checksumCRC32(part.told() ? part.checksum().text() : null)
        .build();
  }

  /** Ends an upload without an object; one that is not there is ended. */
  void abort(String key, String id) throws InterruptedException {
    try {
      client.abortMultipartUpload(request ->
          request.bucket(name).key(key).uploadId(id).expectedBucketOwner(settings.owner()));
    } catch (S3Exception answer) {
      if (answer.statusCode() != 404) {
        throw Failures.of("ending an upload to " + address(key), answer);
      }
    } catch (SdkException | UncheckedIOException failure) {
      throw Failures.of("ending an upload to " + address(key), failure);
    }
  }

  /** {@return some of the uploads under way of a beginning of keys, 1,000 at most} */
  List<MultipartUpload> uploads(String beginning, Predicate<MultipartUpload> which)
      throws InterruptedException {
    return ask(
        "a list of uploads to " + address(beginning),
        () -> client
            .listMultipartUploadsPaginator(request ->
                request.bucket(name).prefix(beginning).expectedBucketOwner(settings.owner()))
            .uploads()
            .stream()
            .filter(which)
            .limit(MOST_LISTED)
            .toList());
  }

  /** {@return the digest of what is there, which is read for it} */
  Sha256 digest(String key) throws IOException, InterruptedException {
    MessageDigest digest = Sha256.newDigest();
    byte[] block = new byte[128 * 1024];
    try (InputStream bytes = ask(
        "reading " + address(key),
        () -> client.getObject(
            request -> request.bucket(name).key(key).expectedBucketOwner(settings.owner())))) {
      for (int read = bytes.read(block); read >= 0; read = bytes.read(block)) {
        digest.update(block, 0, read);
      }
    }
    return Sha256.of(digest);
  }

  /** Removes an object that was made wrong. */
  void remove(String key) throws InterruptedException {
    ask(
        "removing " + address(key),
        () -> client.deleteObject(
            request -> request.bucket(name).key(key).expectedBucketOwner(settings.owner())));
  }

  /** Some servers have no conditions and say so; those that say nothing are found out elsewhere. */
  private <T> T unlessRefused(Conditional<T> request) {
    if (!conditional) {
      return request.given(null);
    }
    try {
      return request.given(ANY);
    } catch (S3Exception answer) {
      if (answer.statusCode() != 501) {
        throw answer;
      }
      T made = request.given(null);
      conditional = false;
      return made;
    }
  }

  @FunctionalInterface
  private interface Conditional<T> {
    T given(@Nullable String condition);
  }

  /**
   * {@return a failure whose reason is known, for one that may have come without}
   *
   * <p>The answer to a look has no words, and a server that refuses a body while it is being sent
   * may break the connection before its answer is read; so it is asked again for something small.
   */
  private RuntimeException explained(RuntimeException failure) {
    try {
      list();
    } catch (AwsServiceException answer) {
      return Failures.toMend(answer).isPresent() ? answer : failure;
    } catch (SdkException | UncheckedIOException noAnswer) {
      return failure;
    }
    return failure;
  }

  private void list() {
    client.listObjectsV2(
        list -> list.bucket(name).maxKeys(1).expectedBucketOwner(settings.owner()));
  }

  private static <T> T ask(String doing, Supplier<T> request) throws InterruptedException {
    try {
      return request.get();
    } catch (SdkException | UncheckedIOException failure) {
      throw Failures.of(doing, failure);
    }
  }

  private static String tag(@Nullable String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }

  private static String base64(Sha256 digest) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest.hex()));
  }
}
