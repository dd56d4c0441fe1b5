package dev.landfall.sink.s3;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Where the server is and who asks. */
final class Connection {

  private static final int MOST_CONNECTIONS = 256;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  @Nullable
  String region;

  @Nullable
  URI endpoint;

  boolean pathStyle;

  @Nullable
  AwsCredentialsProvider credentials;

  @Nullable
  Duration silence;

  /** {@return whether anything was said of it} */
  boolean isSet() {
    return region != null
        || endpoint != null
        || pathStyle
        || credentials != null
        || silence != null;
  }

  /** The client tries a request three times by itself; then the pipeline's retry policy goes on. */
  S3Client open() {
    S3ClientBuilder client = S3Client.builder()
        .forcePathStyle(pathStyle)
        // Over http the client would frame the body, which old servers take for part of it.
        .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD))
        .httpClientBuilder(Apache5HttpClient.builder()
            .maxConnections(MOST_CONNECTIONS)
            .connectionTimeout(CONNECT)
            .socketTimeout(silence == null ? SILENCE : silence));
    if (credentials != null) {
      client.credentialsProvider(credentials);
    }
    if (endpoint != null) {
      client.endpointOverride(endpoint).region(Region.US_EAST_1);
    }
    if (region != null) {
      client.region(Region.of(region));
    }
    try {
      return client.build();
    } catch (SdkClientException noRegion) {
      throw new IllegalStateException(
          "A bucket is in a region. Set it with region(...), or in the environment as AWS_REGION; for another server than S3 set endpoint(...).",
          noRegion);
    }
  }
}
