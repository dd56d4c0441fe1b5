package dev.landfall.sink.s3;

import dev.landfall.spi.SinkException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * What an answer of S3 means for whoever runs the pipeline.
 *
 * <p>What a person must mend outside, such as a missing bucket or right, is tried again: the file
 * is safe in the spool, and lands once it is mended. What this very object can never be is refused.
 *
 * <p>Codes are those of the <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">error responses</a> of
 * the S3 API.
 */
final class Failures {

  private static final Map<String, String> TO_MEND = Map.ofEntries(
      Map.entry("NoSuchBucket", "There is no such bucket. Create it, or name another"),
      Map.entry("PermanentRedirect", "The bucket is in another region. Set that with region(...)"),
      Map.entry(
          "AuthorizationHeaderMalformed",
          "The bucket is in another region than the one requests are signed for. Set it with region(...)"),
      Map.entry(
          "IllegalLocationConstraintException",
          "The bucket is in another region. Set that with region(...)"),
      Map.entry("InvalidAccessKeyId", "The server does not know this access key. Give a valid one"),
      Map.entry(
          "SignatureDoesNotMatch",
          "The secret key is not the one of the access key, or something on the way changes requests. Compare both keys"),
      Map.entry("InvalidToken", "The session token is not valid. Give a new one"),
      Map.entry(
          "RequestTimeTooSkewed",
          "This machine's clock differs too much from the server's. Set it right"),
      Map.entry(
          "KMS.DisabledException",
          "The key for encryption is disabled. Enable it, or name another"),
      Map.entry("KMS.NotFoundException", "There is no such key for encryption. Name another"),
      Map.entry("InvalidBucketName", "The server takes no bucket of such a name. Name another"));

  private static final Set<String> PASSING = Set.of(
      "BadDigest",
      "ConditionalRequestConflict",
      "IncompleteBody",
      "InternalError",
      "InvalidPart",
      "NoSuchUpload",
      "OperationAborted",
      "RequestTimeout",
      "ServiceUnavailable",
      "SlowDown",
      "XAmzContentChecksumMismatch",
      "XAmzContentSHA256Mismatch");

  private static final Set<String> SPOILING =
      Set.of("BadDigest", "InvalidPart", "NoSuchUpload", "XAmzContentChecksumMismatch");

  private Failures() {}

  /**
   * {@return what to throw}
   *
   * @param doing such as {@code storing s3://exports/a.csv}
   * @param failure of the client, or an answer that broke off
   * @throws InterruptedException if the thread was interrupted
   */
  static SinkException of(String doing, RuntimeException failure) throws InterruptedException {
    if (failure instanceof AbortedException
        || caused(failure, InterruptedException.class)
        || Thread.currentThread().isInterrupted()) {
      Thread.interrupted();
      throw new InterruptedException("The pipeline closes.");
    }
    if (caused(failure, UnreadFileException.class)) {
      return SinkException.unavailable(
          "The spooled file cannot be read (%s).".formatted(doing), failure);
    }
    return failure instanceof AwsServiceException answer
        ? of(doing, answer)
        : SinkException.unavailable(
            "No answer of S3 for %s: %s".formatted(doing, withoutAnswer(failure)), failure);
  }

  private static SinkException of(String doing, AwsServiceException answer) {
    String code = code(answer);
    Optional<String> mend = toMend(answer);
    String told = "S3 answered %d %s for %s".formatted(answer.statusCode(), code, doing);
    if (mend.isPresent()) {
      return SinkException.unavailable("%s. %s.".formatted(told, mend.get()), answer);
    }
    if (answer.statusCode() == 403) {
      return SinkException.unavailable(
          "%s. Allow s3:PutObject, s3:GetObject and s3:AbortMultipartUpload on the bucket's objects, and the use of their key for encryption if there is one."
              .formatted(told),
          answer);
    }
    if ((answer.statusCode() >= 500 && answer.statusCode() != 501)
        || answer.statusCode() == 429
        || answer.statusCode() == 404
        || PASSING.contains(code)) {
      return patient(SinkException.unavailable(told + ".", answer), answer);
    }
    return SinkException.rejected(
        "%s: %s The server takes no such object; compare what is set for the sink, and its key, with what the server knows."
            .formatted(
                told,
                sentence(
                    answer.awsErrorDetails() == null
                        ? null
                        : answer.awsErrorDetails().errorMessage())),
        answer);
  }

  /** {@return what is set wrong, if that is certain} */
  static Optional<String> toMend(RuntimeException failure) {
    if (!(failure instanceof AwsServiceException answer)) {
      return Optional.empty();
    }
    if (answer.statusCode() == 301 || answer.statusCode() == 307) {
      return Optional.of("The bucket is in another region%s. Set that with region(...)"
          .formatted(region(answer).map(found -> ", " + found).orElse("")));
    }
    return Optional.ofNullable(TO_MEND.get(code(answer)));
  }

  /** {@return whether the parts that are there are of no use any more} */
  static boolean spoils(SinkException failure) {
    return failure.getCause() instanceof AwsServiceException answer
        && SPOILING.contains(code(answer));
  }

  private static Optional<String> region(AwsServiceException answer) {
    return Optional.ofNullable(answer.awsErrorDetails())
        .map(details -> details.sdkHttpResponse())
        .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"));
  }

  static String code(AwsServiceException answer) {
    String code =
        answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  private static SinkException patient(SinkException failure, AwsServiceException answer) {
    return Optional.ofNullable(answer.awsErrorDetails())
        .map(details -> details.sdkHttpResponse())
        .flatMap(response -> response.firstMatchingHeader("Retry-After"))
        .filter(seconds -> seconds.matches("[0-9]{1,5}"))
        .map(seconds -> failure.askingFor(Duration.ofSeconds(Long.parseLong(seconds))))
        .orElse(failure);
  }

  /** The client's words, of which the first line tells the cause. */
  private static String withoutAnswer(RuntimeException failure) {
    return sentence(failure.getMessage());
  }

  private static String sentence(@Nullable String text) {
    String line =
        text == null ? "no reason is given." : text.lines().findFirst().orElse("");
    String cut = line.length() > 300 ? line.substring(0, 300) + "..." : line;
    return cut.endsWith(".") ? cut : cut + ".";
  }

  private static boolean caused(Throwable failure, Class<?> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
