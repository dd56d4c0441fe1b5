package dev.landfall.sink.s3;

import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A server that speaks S3, there before the first class that needs it until after the last of all.
 * Tests that share it have buckets of their own.
 */
abstract class S3Server implements BeforeAllCallback {

  static final Region REGION = Region.US_EAST_1;

  private final String name;
  private final String identity;
  private final String secret;
  private @Nullable URI endpoint;
  private @Nullable S3Client client;

  S3Server(String name, String identity, String secret) {
    this.name = name;
    this.identity = identity;
    this.secret = secret;
  }

  /** {@return where it serves, from now on} */
  abstract URI start() throws Exception;

  /** Leaves nothing of it behind. */
  abstract void stop() throws Exception;

  @Override
  public final void beforeAll(ExtensionContext context) {
    var unused = context
        .getRoot()
        .getStore(Namespace.create(S3Server.class))
        .computeIfAbsent(this, server -> server.running());
  }

  /** {@return what stops it} */
  private AutoCloseable running() {
    try {
      URI address = start();
      S3Client own = client(address);
      endpoint = address;
      client = own;
      return () -> {
        try (own) {
          stop();
        }
      };
    } catch (Exception unstarted) {
      throw new IllegalStateException(name + " does not start.", unstarted);
    }
  }

  final URI endpoint() {
    return Objects.requireNonNull(
        endpoint, "A server runs only while classes are tested that need it.");
  }

  final String identity() {
    return identity;
  }

  final String secret() {
    return secret;
  }

  final StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(identity, secret));
  }

  /** {@return a client of the server itself, to prepare and to look; closed with the server} */
  final S3Client client() {
    return Objects.requireNonNull(
        client, "A server runs only while classes are tested that need it.");
  }

  /** {@return a client of this server by way of another address, to be closed} */
  final S3Client client(URI address) {
    return S3Client.builder()
        .endpointOverride(address)
        .region(REGION)
        .credentialsProvider(credentials())
        .forcePathStyle(true)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  /** {@return a new and empty bucket} */
  TestBucket createBucket() {
    String bucket = "landed-" + UUID.randomUUID();
    client().createBucket(request -> request.bucket(bucket));
    return new TestBucket(client(), bucket);
  }

  @Override
  public final String toString() {
    return name;
  }
}
