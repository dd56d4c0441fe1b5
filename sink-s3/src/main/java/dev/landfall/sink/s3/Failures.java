package dev.landfall.sink.s3;

import dev.landfall.spi.SinkException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * What an answer of S3 means for whoever runs the pipeline.
 *
 * <p>What a person must mend outside, such as a missing bucket or right, is tried again: the file
 * is safe in the spool, and lands once it is mended. Only what no server will ever take is refused.
 *
 * <p>Codes are those of the <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">error responses</a> of
 * the S3 API.
 */
final class Failures {

  static final String NO_SUCH_UPLOAD = "NoSuchUpload";

  private static final int LONGEST_SENTENCE = 300;

  private static final String OTHER_REGION =
      "The bucket is in another region. Set that with region(...)";
  private static final String OLD_TOKEN = "The session token is not valid any more. Give a new one";

  private static final Map<String, String> TO_MEND = Map.ofEntries(
      Map.entry("NoSuchBucket", "There is no such bucket. Create it, or name another"),
      Map.entry("PermanentRedirect", OTHER_REGION),
      Map.entry("AuthorizationHeaderMalformed", OTHER_REGION),
      Map.entry("IllegalLocationConstraintException", OTHER_REGION),
      Map.entry("InvalidAccessKeyId", "The server does not know this access key. Give a valid one"),
      Map.entry(
          "SignatureDoesNotMatch",
          "The secret key is not the one of the access key, or something on the way changes requests. Compare both keys"),
      Map.entry("InvalidToken", OLD_TOKEN),
      Map.entry("ExpiredToken", OLD_TOKEN),
      Map.entry("TokenRefreshRequired", OLD_TOKEN),
      Map.entry(
          "RequestTimeTooSkewed",
          "This machine's clock differs too much from the server's. Set it right"),
      Map.entry(
          "KMS.DisabledException",
          "The key for encryption is disabled. Enable it, or name another"),
      Map.entry("KMS.NotFoundException", "There is no such key for encryption. Name another"),
      Map.entry("InvalidBucketName", "The server takes no bucket of such a name. Name another"));

  /** The file itself, or its key, is what no try will change. */
  private static final Set<String> REFUSED =
      Set.of("EntityTooLarge", "KeyTooLongError", "MetadataTooLarge", "XMinioInvalidObjectName");

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
          "The spooled file cannot be read for %s.".formatted(doing), failure);
    }
    return failure instanceof AwsServiceException answer
        ? of(doing, answer)
        : SinkException.unavailable(
            "No answer of S3 for %s: %s".formatted(doing, sentence(failure.getMessage())), failure);
  }

  private static SinkException of(String doing, AwsServiceException answer) {
    String code = code(answer);
    String told = "S3 answered %d%s for %s: %s"
        .formatted(
            answer.statusCode(), code.isEmpty() ? "" : " " + code, doing, sentence(words(answer)));
    if (REFUSED.contains(code)) {
      return SinkException.rejected(
          told + " Shorten the key, or store the file elsewhere.", answer);
    }
    String advice = toMend(answer)
        .or(() -> rights(answer, code))
        .map(mend -> " " + mend + ".")
        .orElse("");
    return patient(SinkException.unavailable(told + advice, answer), answer);
  }

  private static Optional<String> rights(AwsServiceException answer, String code) {
    boolean denied = answer.statusCode() == 403 && (code.isEmpty() || code.equals("AccessDenied"));
    return denied
        ? Optional.of(
            "Allow s3:PutObject, s3:GetObject and s3:AbortMultipartUpload on the bucket's objects, and the use of their key for encryption if there is one")
        : Optional.empty();
  }

  /** {@return what is set wrong, if that is certain} */
  static Optional<String> toMend(RuntimeException failure) {
    if (!(failure instanceof AwsServiceException answer)) {
      return Optional.empty();
    }
    Optional<String> region = header(answer, "x-amz-bucket-region");
    if (answer.statusCode() == 301 && region.isPresent()) {
      return Optional.of(
          "The bucket is in the region %s. Set that with region(...)".formatted(region.get()));
    }
    return answer.statusCode() == 301
        ? Optional.of(OTHER_REGION)
        : Optional.ofNullable(TO_MEND.get(code(answer)));
  }

  /** {@return whether the parts that are there are of no use any more} */
  static boolean saysNoSuchUpload(SinkException failure) {
    return failure.getCause() instanceof AwsServiceException answer
        && NO_SUCH_UPLOAD.equals(code(answer));
  }

  static String code(AwsServiceException answer) {
    String code =
        answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  /** {@return the server's own words, or none} */
  static String words(AwsServiceException answer) {
    String words =
        answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorMessage();
    return words == null ? "" : words;
  }

  private static SinkException patient(SinkException failure, AwsServiceException answer) {
    return header(answer, "Retry-After")
        .filter(seconds -> seconds.matches("[0-9]{1,5}"))
        .map(seconds -> failure.askingFor(Duration.ofSeconds(Long.parseLong(seconds))))
        .orElse(failure);
  }

  private static Optional<String> header(AwsServiceException answer, String name) {
    return Optional.ofNullable(answer.awsErrorDetails())
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> response.firstMatchingHeader(name));
  }

  private static String sentence(@Nullable String text) {
    String line = text == null || text.isBlank()
        ? "No reason is given."
        : text.lines().findFirst().get();
    String cut =
        line.length() > LONGEST_SENTENCE ? line.substring(0, LONGEST_SENTENCE) + "..." : line;
    return cut.endsWith(".") ? cut : cut + ".";
  }

  static boolean caused(Throwable failure, Class<?> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
