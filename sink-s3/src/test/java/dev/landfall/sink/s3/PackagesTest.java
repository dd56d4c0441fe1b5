package dev.landfall.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileFormat;
import dev.landfall.file.Receipt;
import dev.landfall.file.Sha256;
import dev.landfall.format.PackageEntities;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.SinkException;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Packages become an object for each entity, and a document tells when all are there. */
@Timeout(60)
class PackagesTest {

  private static final String MANIFEST = "_manifests/{date}/{eventId}.json";
  private static final String DOCUMENT = "_manifests/2026-03-01/event.json";

  @RegisterExtension
  static final S3Proxy SERVER = S3Proxy.verifying();

  @TempDir
  Path folder;

  private TestBucket bucket;
  private S3Sink sink;

  @BeforeEach
  void open() {
    bucket = SERVER.createBucket();
    sink = settings().build();
  }

  private S3SinkBuilder settings() {
    return TestSinks.into(SERVER, SERVER.endpoint(), bucket).key("{entity}/{eventId}.{format}");
  }

  private ExportedFile named(String name, byte[] bytes) throws IOException {
    return ExportedFiles.in(folder).withEventId("event").named(name, bytes);
  }

  private static Map<String, String> entities(int number) {
    return new TreeMap<>(Map.of("Customers", "ID\nc" + number, "Vendors", "ID\nv" + number));
  }

  /** Texts of objects by their key without the part for the event, which entities make anew. */
  private Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    bucket
        .objects()
        .forEach((key, bytes) ->
            texts.put(key.substring(0, key.indexOf('/')), new String(bytes, UTF_8)));
    return texts;
  }

  @Test
  void eachEntityIsAnObject() throws Exception {
    ExportedFile file = named("package.zip", Packages.of(entities(1)));
    Receipt receipt = PackageEntities.into(sink).store(file);
    assertEquals(entities(1), texts());
    for (String key : bucket.keys()) {
      assertTrue(receipt.location().contains("s3://" + bucket.name() + "/" + key));
      String entity = key.substring(0, key.indexOf('/'));
      assertEquals(entity, bucket.head(key).metadata().get("entity"));
    }
    assertEquals(receipt, PackageEntities.into(sink).store(file));
    assertEquals(2, bucket.keys().size());
  }

  @Test
  void anExportedPackageLandsAsItsEntity() throws Exception {
    Path zip = ForeignFiles.folder("finops").resolve("asset-major-types-package.zip");
    PackageEntities.into(sink).store(named("whatever it is called", Files.readAllBytes(zip)));
    assertEquals(1, bucket.keys().size());
    String key = bucket.keys().get(0);
    assertTrue(key.startsWith("Fixed asset major type/"), key);
    assertTrue(key.endsWith(".xlsx"), key);
    assertEquals(8_863, bucket.head(key).contentLength());
    assertEquals(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bucket.head(key).contentType());
  }

  @Test
  void aDocumentNamesAllObjectsOfAPackage() throws Exception {
    ExportedFile file = named("package.zip", Packages.of(entities(1)));
    FileSink lake = sink.manifest(MANIFEST, PackageEntities::into);
    Receipt receipt = lake.store(file);
    assertTrue(receipt.location().endsWith("; s3://" + bucket.name() + "/" + DOCUMENT));
    JsonNode document = document();
    assertEquals("event", document.at("/event/id").asText());
    assertEquals("package.zip", document.at("/file/name").asText());
    assertEquals(file.sha256().hex(), document.at("/file/sha256").asText());
    List<String> named = new ArrayList<>();
    for (JsonNode entry : document.get("entries")) {
      String key = entry.get("url").asText().substring(("s3://" + bucket.name() + "/").length());
      byte[] bytes = bucket.bytes(key);
      assertEquals(bytes.length, entry.at("/meta/content_length").asInt());
      assertEquals(Sha256.of(bytes).hex(), entry.at("/file/sha256").asText());
      assertTrue(entry.get("mandatory").asBoolean());
      named.add(entry.get("entity").asText());
    }
    assertEquals(List.of("Customers", "Vendors"), named);
    assertFalse(document.toString().contains(ExportedFiles.SIGNATURE));
    assertEquals(receipt, lake.store(file));
    assertEquals(document, document());
    assertEquals(3, bucket.keys().size());
  }

  private JsonNode document() throws IOException {
    return new ObjectMapper().readTree(bucket.bytes(DOCUMENT));
  }

  @Test
  void aDocumentTellsHowAnObjectIsCompressed() throws Exception {
    try (S3Sink packing = settings().gzip().build()) {
      packing.manifest(MANIFEST).store(named("export.csv", "ID\n1\n".getBytes(UTF_8)));
    }
    JsonNode entry = document().get("entries").get(0);
    assertEquals("gzip", entry.get("encoding").asText());
    assertEquals(
        bucket.head("Customer groups/event.csv.gz").contentLength(),
        entry.at("/meta/content_length").asLong());
  }

  @Test
  void thereIsNoDocumentBeforeAllObjectsAreThere() throws Exception {
    ExportedFile file = named("package.zip", Packages.of(entities(1)));
    try (FaultyProxy proxy = new FaultyProxy(SERVER.endpoint());
        S3Client client = TestSinks.impatient(SERVER, proxy.endpoint());
        S3Sink broken =
            S3Sink.bucket(bucket.name()).key("{entity}/{eventId}.{format}").build(client)) {
      proxy.always(
          seen -> Seen.putObject().test(seen) && seen.key().startsWith("Vendors"),
          Fault.answer(500, "InternalError"));
      FileSink lake = broken.manifest(MANIFEST, PackageEntities::into);
      assertTrue(assertThrows(SinkException.class, () -> lake.store(file)).retryable());
      assertEquals(List.of("Customers"), List.copyOf(texts().keySet()));
      proxy.heal();
      lake.store(file);
    }
    assertEquals(
        List.of("Customers", "Vendors", "_manifests"), List.copyOf(texts().keySet()));
  }

  @Nested
  class AsEntities extends S3SinkContract {
    AsEntities() {
      super(SERVER, 0, UnaryOperator.identity());
    }

    @Override
    FileSink around(S3Sink objects) {
      return PackageEntities.into(objects);
    }

    @Override
    protected byte[] content(int number) {
      return Packages.of(entities(number));
    }

    @Override
    protected FileFormat format() {
      return new FileFormat("zip");
    }
  }

  @Nested
  class WithDocument extends S3SinkContract {
    WithDocument() {
      super(SERVER, 40, UnaryOperator.identity());
    }

    @Override
    FileSink around(S3Sink objects) {
      return objects.manifest(MANIFEST);
    }
  }
}
