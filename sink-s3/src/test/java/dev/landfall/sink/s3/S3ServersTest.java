package dev.landfall.sink.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the tests of the sink rely on: servers that are strict, and faults that happen. */
class S3ServersTest {

  @RegisterExtension
  static final S3Proxy S3PROXY = S3Proxy.verifying();

  @RegisterExtension
  static final S3Proxy TRUSTING = S3Proxy.trusting();

  @RegisterExtension
  static final S3Mock S3MOCK = S3Mock.shared();

  @Test
  void aSignatureIsVerified() {
    TestBucket bucket = S3PROXY.createBucket();
    try (S3Client stranger = S3Client.builder()
        .endpointOverride(S3PROXY.endpoint())
        .region(S3Server.REGION)
        .forcePathStyle(true)
        .credentialsProvider(StaticCredentialsProvider.create(
            AwsBasicCredentials.create(S3PROXY.identity(), "guessed")))
        .build()) {
      // A refusal that comes while much is being sent would be a broken pipe.
      assertEquals(
          "SignatureDoesNotMatch",
          refusal(() -> stranger.putObject(
              request -> request.bucket(bucket.name()).key("a"), RequestBody.fromString("a"))));
    }
  }

  @Test
  void anObjectIsWrittenOnce() {
    for (S3Server server : List.of(S3PROXY, S3MOCK)) {
      TestBucket bucket = server.createBucket();
      put(server.client(), bucket, "a", 1);
      assertEquals(
          "PreconditionFailed",
          refusal(() -> put(server.client(), bucket, "a", 2)),
          server::toString);
      assertArrayEquals(bytes(1), bucket.bytes("a"));
    }
  }

  @Test
  void aChecksumIsKept() {
    TestBucket bucket = S3MOCK.createBucket();
    S3MOCK
        .client()
        .putObject(
            request ->
                request.bucket(bucket.name()).key("a").checksumAlgorithm(ChecksumAlgorithm.SHA256),
            RequestBody.fromString("abc"));
    assertEquals(
        "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=", bucket.head("a").checksumSHA256());
  }

  @Test
  void whatPassesTheProxyIsUnchanged() throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(S3PROXY.endpoint());
        S3Client client = S3PROXY.client(proxy.endpoint())) {
      TestBucket bucket = S3PROXY.createBucket();
      put(client, bucket, "a b/ü", 1);
      assertEquals("PreconditionFailed", refusal(() -> put(client, bucket, "a b/ü", 2)));
      assertArrayEquals(
          bytes(1),
          client.getObjectAsBytes(r -> r.bucket(bucket.name()).key("a b/ü")).asByteArray());
      assertEquals(
          List.of("PUT", "PUT", "GET"), proxy.seen().stream().map(Seen::method).toList());
      assertEquals("a b/ü", proxy.seen().get(0).key());
    }
  }

  @Test
  void anOlderServerOverwritesAndTakesNoTrailers() throws IOException {
    try (FaultyProxy proxy =
            new FaultyProxy(TRUSTING.endpoint()).withoutConditions().withoutChecksums();
        S3Client client = TRUSTING.client(proxy.endpoint())) {
      TestBucket bucket = TRUSTING.createBucket();
      assertEquals("XAmzContentSHA256Mismatch", refusal(() -> put(client, bucket, "a", 1)));
      try (S3Client older = S3Client.builder()
          .endpointOverride(proxy.endpoint())
          .region(S3Server.REGION)
          .forcePathStyle(true)
          .credentialsProvider(TRUSTING.credentials())
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .build()) {
        put(older, bucket, "a", 1);
        put(older, bucket, "a", 2);
      }
      assertArrayEquals(bytes(2), bucket.bytes("a"));
    }
  }

  @Test
  void faultsHappenAsOftenAsToldAndTheServersAnswerCanBeLost() throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(S3PROXY.endpoint());
        S3Client client = S3PROXY.client(proxy.endpoint())) {
      TestBucket bucket = S3PROXY.createBucket();
      proxy.times(2, Seen.putObject(), Fault.slowDown());
      put(client, bucket, "slow", 1);
      assertEquals(3, proxy.count(Seen.putObject()));

      proxy.heal();
      proxy.once(Seen.putObject(), Fault.cut());
      put(client, bucket, "cut", 1);
      assertArrayEquals(bytes(1), bucket.bytes("cut"));

      proxy.heal();
      proxy.once(Seen.putObject(), Fault.lostAnswer());
      // The second attempt finds what the first one stored.
      assertEquals("PreconditionFailed", refusal(() -> put(client, bucket, "lost", 1)));
      assertArrayEquals(bytes(1), bucket.bytes("lost"));

      proxy.heal();
      proxy.always(Seen.putObject(), Fault.stall());
      assertThrows(
          SdkClientException.class,
          () -> client.putObject(
              PutObjectRequest.builder()
                  .bucket(bucket.name())
                  .key("stalled")
                  .overrideConfiguration(c -> c.apiCallTimeout(Duration.ofMillis(300)))
                  .build(),
              RequestBody.fromBytes(bytes(1))));
      assertEquals(List.of("cut", "lost", "slow"), bucket.keys());
    }
  }

  private static void put(S3Client client, TestBucket bucket, String key, int number) {
    client.putObject(
        request -> request.bucket(bucket.name()).key(key).ifNoneMatch("*"),
        RequestBody.fromBytes(bytes(number)));
  }

  private static byte[] bytes(int number) {
    byte[] bytes = new byte[3 << 20];
    new Random(number).nextBytes(bytes);
    return bytes;
  }

  private static String refusal(Runnable work) {
    return assertThrows(S3Exception.class, work::run).awsErrorDetails().errorCode();
  }
}
