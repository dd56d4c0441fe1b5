package dev.landfall.sink.s3;

import dev.landfall.event.LandfallException;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.FileSink;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Sinks for tests. */
final class TestSinks {

  /** The smallest part that servers take. */
  static final int PART = 5 << 20;

  private static final Duration STALL = Duration.ofMillis(800);
  private static final int TRIES = 10;

  private TestSinks() {}

  /** {@return a sink in the making, as a user would begin it} */
  static S3SinkBuilder into(S3Server server, URI address, TestBucket bucket) {
    return S3Sink.bucket(bucket.name())
        .endpoint(address)
        .pathStyle()
        .credentials(server.identity(), server.secret());
  }

  /**
   * {@return a client as the sink makes one, but for its patience: it waits less than a second for
   * an answer}
   */
  static S3Client impatient(S3Server server, URI address) {
    return S3Client.builder()
        .endpointOverride(address)
        .region(S3Server.REGION)
        .credentialsProvider(server.credentials())
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD))
        .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(STALL))
        .build();
  }

  /**
   * {@return the receipt of a file that is stored as often as a pipeline would try it}
   *
   * @throws LandfallException if trying again does not help, or did not
   */
  static Receipt storePatiently(FileSink sink, ExportedFile file) throws Exception {
    for (int tried = 1; ; tried++) {
      try {
        return sink.store(file);
      } catch (LandfallException failure) {
        if (!failure.retryable() || tried == TRIES) {
          throw failure;
        }
      }
    }
  }
}
