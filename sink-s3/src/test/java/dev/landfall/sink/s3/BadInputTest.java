package dev.landfall.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.spi.SinkException;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set wrong is told together with what to change. */
@Timeout(60)
class BadInputTest {

  @RegisterExtension
  static final S3Proxy SERVER = S3Proxy.verifying();

  @TempDir
  Path folder;

  private ExportedFile file;
  private ExportedFile larger;

  @BeforeEach
  void write() throws IOException {
    file = ExportedFiles.in(folder).csv("ID\n1\n");
    larger = ExportedFiles.in(folder).named("large.csv", new byte[3 << 20]);
  }

  private static S3SinkBuilder into(TestBucket bucket) {
    return TestSinks.into(SERVER, SERVER.endpoint(), bucket);
  }

  /** At the start it ends everything; later the file waits until it is mended. */
  private void assertToldAtStartAndLater(S3SinkBuilder settings, String code, String wayOut) {
    try (S3Sink sink = settings.build()) {
      SinkException atStart = assertThrows(SinkException.class, sink::check);
      assertFalse(atStart.retryable());
      assertTells(atStart, code, wayOut);
      for (ExportedFile each : List.of(file, larger)) {
        SinkException later = assertThrows(SinkException.class, () -> sink.store(each));
        assertTrue(later.retryable());
        assertTells(later, code, wayOut);
      }
    }
  }

  private static void assertTells(SinkException failure, String... parts) {
    for (String part : parts) {
      String message = String.valueOf(failure.getMessage());
      assertTrue(message.contains(part), () -> "\"%s\" is not in: %s".formatted(part, message));
    }
  }

  @Test
  void aMissingBucketIsTold() {
    TestBucket missing = new TestBucket(SERVER.client(), "missing-" + UUID.randomUUID());
    assertToldAtStartAndLater(
        into(missing), "NoSuchBucket", "There is no such bucket. Create it, or name another.");
  }

  @Test
  void aWrongSecretIsTold() {
    assertToldAtStartAndLater(
        into(SERVER.createBucket()).credentials(SERVER.identity(), "guessed"),
        "SignatureDoesNotMatch",
        "Compare both keys.");
  }

  @Test
  void anUnknownAccessKeyIsTold() {
    assertToldAtStartAndLater(
        into(SERVER.createBucket()).credentials("somebody", "guessed"),
        "InvalidAccessKeyId",
        "Give a valid one.");
  }

  @Test
  void anotherRegionIsTold() throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(SERVER.endpoint())) {
      proxy.always(
          Seen.any(), Fault.answer(301, "PermanentRedirect", "x-amz-bucket-region: eu-central-1"));
      assertToldAtStartAndLater(
          TestSinks.into(SERVER, proxy.endpoint(), SERVER.createBucket()),
          "301",
          "The bucket is in the region eu-central-1. Set that with region(...).");
    }
  }

  @Test
  void aRequestSignedForAnotherRegionIsTold() throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(SERVER.endpoint())) {
      proxy.always(Seen.any(), Fault.answer(400, "AuthorizationHeaderMalformed"));
      assertToldAtStartAndLater(
          TestSinks.into(SERVER, proxy.endpoint(), SERVER.createBucket()), "400", "region(...)");
    }
  }

  @Test
  void whoMayNotListMayStart() throws IOException {
    TestBucket bucket = SERVER.createBucket();
    try (FaultyProxy proxy = new FaultyProxy(SERVER.endpoint());
        S3Sink sink = TestSinks.into(SERVER, proxy.endpoint(), bucket).build()) {
      proxy.always(seen -> seen.method().equals("GET"), Fault.answer(403, "AccessDenied"));
      proxy.always(Seen.headObject(), Fault.answer(403, "AccessDenied"));
      assertDoesNotThrow(sink::check);
      assertDoesNotThrow(() -> sink.store(file));
      assertEquals(1, bucket.keys().size());
    }
  }

  @Test
  void whoMayNotStoreIsToldWhatToAllow() throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(SERVER.endpoint());
        S3Sink sink =
            TestSinks.into(SERVER, proxy.endpoint(), SERVER.createBucket()).build()) {
      proxy.always(Seen.any(), Fault.answer(403, "AccessDenied"));
      for (ExportedFile each : List.of(file, larger)) {
        SinkException denied = assertThrows(SinkException.class, () -> sink.store(each));
        assertTrue(denied.retryable());
        assertTells(denied, "403", "Allow s3:PutObject");
      }
    }
  }

  @Test
  void aServerThatIsNotThereIsNoReasonNotToStart() throws IOException {
    URI gone;
    try (FaultyProxy proxy = new FaultyProxy(SERVER.endpoint())) {
      gone = proxy.endpoint();
    }
    try (S3Sink sink = TestSinks.into(SERVER, gone, SERVER.createBucket()).build()) {
      assertDoesNotThrow(sink::check);
      SinkException later = assertThrows(SinkException.class, () -> sink.store(file));
      assertTrue(later.retryable());
      assertTells(later, "No answer of S3");
    }
  }

  @Test
  void aServerThatAsksForPatienceGetsIt() throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(SERVER.endpoint());
        S3Sink sink = S3Sink.bucket(SERVER.createBucket().name())
            .build(TestSinks.impatient(SERVER, proxy.endpoint()))) {
      proxy.always(Seen.putObject(), Fault.answer(503, "SlowDown", "Retry-After: 1"));
      SinkException busy = assertThrows(SinkException.class, () -> sink.store(file));
      assertTrue(busy.retryable());
      assertEquals(Duration.ofSeconds(1), busy.retryAfter());
    }
  }

  @Test
  void aKeyOfMoreThan1024BytesIsRefused() throws IOException {
    ExportedFile longNamed =
        ExportedFiles.in(folder).withEntity("x".repeat(300)).csv("ID\n1\n");
    try (S3Sink sink =
        into(SERVER.createBucket()).key("{entity}/".repeat(9) + "{eventId}").build()) {
      SinkException refused = assertThrows(SinkException.class, () -> sink.store(longNamed));
      assertFalse(refused.retryable());
      assertTells(refused, "1024 bytes", "Shorten the template");
    }
  }

  @Test
  void anObjectWithOtherBytesIsNotOverwritten() throws Exception {
    TestBucket bucket = SERVER.createBucket();
    try (S3Sink sink = into(bucket).key("{entity}.csv").build()) {
      sink.store(file);
      ExportedFile other = ExportedFiles.in(folder).csv("ID\n2\n");
      SinkException refused = assertThrows(SinkException.class, () -> sink.store(other));
      assertFalse(refused.retryable());
      assertTells(refused, "never overwritten", "{eventId}");
    }
    assertEquals("ID\n1\n", new String(bucket.bytes("Customer groups.csv"), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{company}/{eventId}",
        "/{eventId}",
        "../{eventId}",
        "a//{eventId}",
        "{eventId",
        "a\\b",
        ""
      })
  void aBadTemplateIsRefused(String template) {
    S3SinkBuilder sink = S3Sink.bucket("exports");
    assertToldAtOnce("key template", () -> sink.key(template));
    assertToldAtOnce("key template", () -> sink.partitions(template));
  }

  @Test
  void aTemplateWithoutEndOrWithHiddenObjectsIsRefused() {
    S3SinkBuilder sink = S3Sink.bucket("exports");
    assertToldAtOnce("1024 bytes", () -> sink.key("a/".repeat(600) + "{eventId}"));
    assertToldAtOnce("hidden", () -> sink.partitions("dt={date}/_{eventId}"));
  }

  private static void assertToldAtOnce(String part, Executable setting) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, setting);
    assertTrue(String.valueOf(refused.getMessage()).contains(part), refused::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "a b", "exports/2026", "s3://exports", "ex?ports", "-exports-"})
  void aBucketOfABadNameIsRefused(String name) {
    assertToldAtOnce("bucket", () -> S3Sink.bucket(name));
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://example.com",
    "https://user:secret@example.com",
    "https://example.com?a=b",
    "example.com"
  })
  void aBadEndpointIsRefusedWithoutBeingQuoted(String endpoint) {
    IllegalArgumentException refused = assertThrows(
        IllegalArgumentException.class,
        () -> S3Sink.bucket("exports").endpoint(URI.create(endpoint)));
    assertFalse(refused.toString().contains("secret"));
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    S3SinkBuilder sink = S3Sink.bucket("exports");
    assertToldAtOnce("5242880", () -> sink.partSize(5_242_879));
    assertToldAtOnce("5368709120", () -> sink.partSize(5_368_709_121L));
    assertToldAtOnce("64", () -> sink.parallelParts(0));
    assertToldAtOnce("64", () -> sink.parallelParts(65));
    assertToldAtOnce("day", () -> sink.abandonedAfter(Duration.ofHours(23)));
    assertToldAtOnce("eu-central-1", () -> sink.region("EU Central"));
    assertToldAtOnce("STANDARD_IA", () -> sink.storageClass("standard"));
    assertToldAtOnce("12 digits", () -> sink.ownedBy("me"));
    assertToldAtOnce("blank", () -> sink.credentials("", "secret"));
  }
}
