package dev.landfall.sink.s3;

import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One bucket and what is in it; {@link ObjectMaker} adds to it. */
final class Bucket {

  private static final int MOST_LISTED = 1_000;

  private final S3Client client;
  private final String name;
  private final @Nullable String owner;
  private volatile boolean tellsChecksums = true;

  Bucket(S3Client client, String name, @Nullable String owner) {
    this.client = client;
    this.name = name;
    this.owner = owner;
  }

  S3Client client() {
    return client;
  }

  String name() {
    return name;
  }

  /** {@return where an object is, for a person and for most tools} */
  String address(String key) {
    return "s3://" + name + "/" + key;
  }

  /**
   * Asks for a list, as its answer, other than that for a bucket's head, has a code.
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
   * @param required whether being forbidden to look is a failure; else it is as if nothing is
   *     there: servers forbid it for what is not there to those who must not list
   */
  Optional<StoredObject> find(String key, boolean required) throws InterruptedException {
    try {
      HeadObjectResponse head = look(key);
      return Optional.of(StoredObject.of(
          head.contentLength(),
          head.eTag(),
          head.metadata(),
          head.checksumType() == ChecksumType.COMPOSITE ? null : head.checksumSHA256()));
    } catch (S3Exception answer) {
      if (answer.statusCode() == 404 || (answer.statusCode() == 403 && !required)) {
        return Optional.empty();
      }
      throw Failures.of("a look at " + address(key), explained(answer));
    } catch (SdkException | UncheckedIOException failure) {
      throw Failures.of("a look at " + address(key), failure);
    }
  }

  /**
   * Asks for the checksum, unless the server refuses to be asked, as Backblaze B2 does. The answer
   * to a look has no words that say so; so what else is asked tells whether that was the reason.
   */
  private HeadObjectResponse look(String key) {
    if (tellsChecksums) {
      try {
        return look(key, ChecksumMode.ENABLED);
      } catch (S3Exception refused) {
        if (refused.statusCode() != 400) {
          throw refused;
        }
      }
    }
    try {
      HeadObjectResponse head = look(key, null);
      tellsChecksums = false;
      return head;
    } catch (S3Exception answer) {
      if (answer.statusCode() != 400) {
        tellsChecksums = false;
      }
      throw answer;
    }
  }

  private HeadObjectResponse look(String key, @Nullable ChecksumMode mode) {
    return client.headObject(
        request -> request.bucket(name).key(key).checksumMode(mode).expectedBucketOwner(owner));
  }

  /** What is done with the bytes of an object, and how they are compressed or not. */
  @FunctionalInterface
  interface Use<T> {
    T of(InputStream bytes, @Nullable String encoding) throws IOException;
  }

  /**
   * Reads an object.
   *
   * <p>Some servers unpack what is compressed for those who do not say that they take it, and some
   * proxies compress what is not for those who do; so it says what it expects.
   */
  <T> T read(String key, @Nullable String encoding, Use<T> use)
      throws IOException, InterruptedException {
    String accepted = encoding == null ? "identity" : encoding + ", identity";
    try (ResponseInputStream<GetObjectResponse> bytes = client.getObject(request -> request
        .bucket(name)
        .key(key)
        .expectedBucketOwner(owner)
        .overrideConfiguration(override -> override.putHeader("Accept-Encoding", accepted)))) {
      return use.of(bytes, bytes.response().contentEncoding());
    } catch (SdkException | UncheckedIOException failure) {
      throw Failures.of("reading " + address(key), failure);
    }
  }

  /** Removes an object that was made wrong. */
  void remove(String key) throws InterruptedException {
    ask(
        "removing (s3:DeleteObject) " + address(key),
        () -> client.deleteObject(
            request -> request.bucket(name).key(key).expectedBucketOwner(owner)));
  }

  /** {@return some of the uploads under way of a beginning of keys, 1,000 at most} */
  List<MultipartUpload> uploads(String beginning, Predicate<MultipartUpload> which)
      throws InterruptedException {
    return ask(
        "a list of uploads to " + address(beginning),
        () -> client
            .listMultipartUploadsPaginator(
                request -> request.bucket(name).prefix(beginning).expectedBucketOwner(owner))
            .uploads()
            .stream()
            .filter(which)
            .limit(MOST_LISTED)
            .toList());
  }

  /** Ends an upload without an object; one that is not there is ended. */
  void abort(String key, String id) throws InterruptedException {
    try {
      client.abortMultipartUpload(
          request -> request.bucket(name).key(key).uploadId(id).expectedBucketOwner(owner));
    } catch (S3Exception answer) {
      if (answer.statusCode() != 404) {
        throw Failures.of("ending an upload to " + address(key), answer);
      }
    } catch (SdkException | UncheckedIOException failure) {
      throw Failures.of("ending an upload to " + address(key), failure);
    }
  }

  /**
   * {@return a failure whose reason is known, for one that may have come without}
   *
   * <p>The answer to a look has no words, and a server that refuses a body while it is being sent
   * may break the connection before its answer is read; so it is asked again for something small.
   */
  RuntimeException explained(RuntimeException failure) {
    if (Failures.caused(failure, SocketTimeoutException.class)
        || Failures.caused(failure, UnreadFileException.class)) {
      return failure;
    }
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
    client.listObjectsV2(list -> list.bucket(name).maxKeys(1).expectedBucketOwner(owner));
  }

  static <T> T ask(String doing, Supplier<T> request) throws InterruptedException {
    try {
      return request.get();
    } catch (SdkException | UncheckedIOException failure) {
      throw Failures.of(doing, failure);
    }
  }
}
