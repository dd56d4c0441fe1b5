package dev.landfall.sink.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.spi.SinkException;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tag;

/** What a user wants of objects is there at the server, however they were sent. */
@Timeout(60)
class SettingsTest {

  private static final int WHOLE = 7;
  private static final int IN_PARTS = TestSinks.PART + 1;
  private static final String ID = "5F2B0D6E-94B5-4E10-A3C1-0B8E6D7C9A01";
  private static final String KEY = "Customer groups/usmf/2026-03-01/" + ID + ".csv";

  @RegisterExtension
  static final S3Mock SERVER = S3Mock.shared();

  @TempDir
  Path folder;

  private TestBucket bucket;
  private FaultyProxy proxy;

  @BeforeEach
  void start() throws IOException {
    bucket = SERVER.createBucket();
    proxy = new FaultyProxy(SERVER.endpoint());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
  }

  private ExportedFile stored(int length, UnaryOperator<S3SinkBuilder> settings) throws Exception {
    ExportedFile file = ExportedFiles.in(folder).named("export.csv", new byte[length]);
    store(file, settings);
    return file;
  }

  private void store(ExportedFile file, UnaryOperator<S3SinkBuilder> settings) throws Exception {
    S3SinkBuilder sink = TestSinks.into(SERVER, proxy.endpoint(), bucket).partSize(TestSinks.PART);
    try (S3Sink opened = settings.apply(sink).build()) {
      opened.store(file);
    }
  }

  /** {@return a header of the requests that made the object, which all had the same} */
  private String sent(String header) {
    List<String> values = proxy.seen().stream()
        .filter(Seen.putObject().or(Seen.createUpload()))
        .map(request -> request.header(header).orElse("none"))
        .distinct()
        .toList();
    assertEquals(1, values.size(), values::toString);
    return values.get(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {WHOLE, IN_PARTS})
  void theLabelsTellWhatTheObjectIsAndNeverTheLink(int length) throws Exception {
    ExportedFile file = stored(length, UnaryOperator.identity());
    HeadObjectResponse head = bucket.head(KEY);
    assertEquals(
        Map.of(
            "event-id", ID,
            "route", "exports",
            "entity", "Customer groups",
            "legal-entity", "usmf",
            "exported-at", "2026-03-01T08:15:30Z",
            "length", Integer.toString(length),
            "sha256", file.sha256().hex()),
        head.metadata());
    assertEquals("text/csv", head.contentType());
    assertFalse(head.toString().contains(ExportedFiles.SIGNATURE));
  }

  @Test
  void theServerKeepsTheDigestOfTheDownload() throws Exception {
    ExportedFile file = stored(WHOLE, UnaryOperator.identity());
    assertEquals(
        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(file.sha256().hex())),
        bucket.head(KEY).checksumSHA256());
  }

  @ParameterizedTest
  @ValueSource(ints = {WHOLE, IN_PARTS})
  void tagsEncryptionAndClassAreThoseWanted(int length) throws Exception {
    stored(
        length,
        sink -> sink.tag("team", "sales & more")
            .tag("kind", "exports")
            .encryptedByKms(S3Mock.KMS_KEY)
            .storageClass("STANDARD_IA"));
    assertEquals(
        Set.of("kind=exports", "team=sales%20%26%20more"),
        Set.of(sent("x-amz-tagging").split("&", -1)));
    assertEquals("aws:kms", sent("x-amz-server-side-encryption"));
    assertEquals(S3Mock.KMS_KEY, sent("x-amz-server-side-encryption-aws-kms-key-id"));
    assertEquals(StorageClass.STANDARD_IA, bucket.head(KEY).storageClass());
    assertEquals(2, tags().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {WHOLE, IN_PARTS})
  void theServersOwnKeysNeedNoName(int length) throws Exception {
    stored(length, S3SinkBuilder::encryptedByS3);
    assertEquals("AES256", sent("x-amz-server-side-encryption"));
    assertEquals("none", sent("x-amz-server-side-encryption-aws-kms-key-id"));
  }

  @ParameterizedTest
  @ValueSource(ints = {WHOLE, IN_PARTS})
  void aMissingKeyForEncryptionIsTold(int length) {
    SinkException refused =
        assertThrows(SinkException.class, () -> stored(length, sink -> sink.encryptedByKms("x")));
    assertTrue(refused.retryable());
    assertTrue(String.valueOf(refused.getMessage())
        .endsWith("There is no such key for encryption. Name another."));
  }

  private List<Tag> tags() {
    return bucket
        .client()
        .getObjectTagging(request -> request.bucket(bucket.name()).key(KEY))
        .tagSet();
  }

  @ParameterizedTest
  @ValueSource(ints = {WHOLE, IN_PARTS})
  void whatIsNotWantedIsNotSent(int length) throws Exception {
    stored(length, UnaryOperator.identity());
    for (String header : List.of(
        "x-amz-tagging",
        "x-amz-server-side-encryption",
        "x-amz-storage-class",
        "x-amz-object-lock-mode",
        "x-amz-object-lock-legal-hold",
        "x-amz-expected-bucket-owner",
        "x-amz-trailer")) {
      assertEquals("none", sent(header), header);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {WHOLE, IN_PARTS})
  void anObjectIsLockedForAsLongAsWanted(int length) throws Exception {
    stored(
        length,
        sink -> sink.retainedFor(ObjectLockMode.GOVERNANCE, Duration.ofDays(30))
            .legalHold()
            .clock(Clock.fixed(Instant.parse("2026-03-01T08:15:30Z"), ZoneOffset.UTC)));
    assertEquals("GOVERNANCE", sent("x-amz-object-lock-mode"));
    assertEquals("2026-03-31T08:15:30Z", sent("x-amz-object-lock-retain-until-date"));
    assertEquals("ON", sent("x-amz-object-lock-legal-hold"));
  }

  @ParameterizedTest
  @ValueSource(ints = {WHOLE, IN_PARTS})
  void theOwnerIsNamedInEachRequest(int length) throws Exception {
    stored(length, sink -> sink.ownedBy("123456789012"));
    assertEquals(
        List.of("123456789012"),
        proxy.seen().stream()
            .map(request -> request.header("x-amz-expected-bucket-owner").orElse("none"))
            .distinct()
            .toList());
  }

  @Test
  void whatIsCompressedSaysSo() throws Exception {
    stored(WHOLE, S3SinkBuilder::gzip);
    stored(WHOLE, S3SinkBuilder::zstd);
    assertEquals(List.of(KEY + ".gz", KEY + ".zst"), bucket.keys());
    assertEquals("gzip", bucket.head(KEY + ".gz").contentEncoding());
    assertEquals("zstd", bucket.head(KEY + ".zst").contentEncoding());
    assertEquals("text/csv", bucket.head(KEY + ".gz").contentType());
  }

  @ParameterizedTest
  @ValueSource(ints = {WHOLE, IN_PARTS})
  void aRepeatedEventMakesNoSecondVersion(int length) throws Exception {
    bucket
        .client()
        .putBucketVersioning(request -> request
            .bucket(bucket.name())
            .versioningConfiguration(set -> set.status(BucketVersioningStatus.ENABLED)));
    stored(length, UnaryOperator.identity());
    stored(length, UnaryOperator.identity());
    assertEquals(
        1,
        bucket
            .client()
            .listObjectVersions(request -> request.bucket(bucket.name()))
            .versions()
            .size());
  }

  @Test
  void equalFilesAreStoredOnceUnderTheirContent() throws Exception {
    ExportedFiles files = ExportedFiles.in(folder);
    for (String event : List.of("1", "2")) {
      store(files.withEventId(event).csv("ID\n1\n"), sink -> sink.key("{sha256}.{format}"));
    }
    assertEquals(List.of(files.csv("ID\n1\n").sha256().hex() + ".csv"), bucket.keys());
  }

  @Test
  void partitionsAreNamedAsReadersWantThem() throws Exception {
    ExportedFile file = ExportedFiles.in(folder).withEntity("a=b/ö:%").csv("ID\n1\n");
    store(
        file,
        sink -> sink.partitions("entity={entity}/legal_entity={legalEntity}/dt={date}/x.{format}"));
    assertEquals(
        List.of("entity=a%3Db%2F%F6%3A%25/legal_entity=usmf/dt=2026-03-01/x.csv"), bucket.keys());
  }
}
