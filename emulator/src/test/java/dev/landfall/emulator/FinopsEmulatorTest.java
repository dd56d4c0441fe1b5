package dev.landfall.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.emulator.data.DataFormat;
import dev.landfall.emulator.data.Entities;
import dev.landfall.emulator.data.Entity;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FinopsEmulatorTest {

  private static final DataProject GROUPS =
      DataProject.named("Nightly").entity(Entities.customerGroups(), 2);

  @TempDir
  Path folder;

  @Test
  void aScheduleExportsAgainAndAgain() throws Exception {
    var three = new CountDownLatch(3);
    try (FinopsEmulator finops = FinopsEmulator.builder().start();
        Receiver receiver = new Receiver(before -> {
          three.countDown();
          return 200;
        })) {
      finops.endpoint(receiver.uri());
      finops.exportEvery(Duration.ofMillis(10), GROUPS);
      assertTrue(three.await(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void aScheduleOutlivesAnExportThatFails() throws Exception {
    var first = new CountDownLatch(1);
    var second = new CountDownLatch(2);
    Path file = Files.writeString(folder.resolve("groups.csv"), "A\r\n");
    DataProject given = DataProject.named("Given").file("Groups", file, 0);
    Files.delete(file);
    try (FinopsEmulator finops = FinopsEmulator.builder().start();
        Receiver receiver = new Receiver(before -> {
          first.countDown();
          second.countDown();
          return 200;
        })) {
      finops.endpoint(receiver.uri());
      finops.exportEvery(Duration.ofMillis(10), given);
      // Both share one thread, so the first schedule has failed by the turn of the second.
      finops.exportEvery(Duration.ofHours(1), GROUPS);
      assertTrue(first.await(30, TimeUnit.SECONDS));
      Files.writeString(file, "A\r\n");
      assertTrue(second.await(30, TimeUnit.SECONDS));
      assertEquals("Given", finops.exports().get(1).project());
    }
  }

  @Test
  void theTemporaryFolderGoesAndAGivenOneStays() throws Exception {
    Path given = folder.resolve("a/b");
    FinopsEmulator finops = FinopsEmulator.builder().folder(given).start();
    finops.exportOne(GROUPS);
    finops.close();
    finops.close();
    try (Stream<Path> files = Files.list(given)) {
      assertEquals(1, files.count());
    }
    Path temporary;
    try (FinopsEmulator second = FinopsEmulator.builder().start()) {
      second.exportOne(GROUPS);
      temporary = second.folder();
      assertTrue(Files.isDirectory(temporary));
    }
    assertFalse(Files.exists(temporary));
  }

  @Test
  void nothingListensAfterClosing() throws Exception {
    FinopsEmulator finops = FinopsEmulator.builder().start();
    Export export = finops.exportOne(GROUPS);
    assertEquals(200, Http.get(export.link()).statusCode());
    finops.close();
    assertThrows(java.io.IOException.class, () -> Http.get(export.link()));
  }

  @Test
  void theSameProjectExportsTheSameBytesUnlessTheSeedOrCompanyChanges() {
    try (FinopsEmulator finops = FinopsEmulator.builder().start()) {
      String sha256 = finops.exportOne(GROUPS).sha256();
      assertEquals(sha256, finops.exportOne(GROUPS).sha256());
      assertFalse(sha256.equals(finops.exportOne(GROUPS.seed(2)).sha256()));
      assertFalse(sha256.equals(finops.exportOne(GROUPS.legalEntity("demf")).sha256()));
      assertFalse(sha256.equals(finops.exportOne(GROUPS.format(DataFormat.JSON)).sha256()));
    }
  }

  @Test
  void anOwnEntityNeedsAFewLines() throws Exception {
    Entity warehouses = Entity.named("Warehouses", "INVENTWAREHOUSEENTITY")
        .field("WAREHOUSEID", row -> row.id("W", 4))
        .field("VOLUME", row -> row.number() * 5);
    try (FinopsEmulator finops = FinopsEmulator.builder().start()) {
      Export export = finops.exportOne(DataProject.named("Sites").entity(warehouses, 2));
      assertEquals(
          "WAREHOUSEID,VOLUME\r\nW0001,5\r\nW0002,10\r\n", Http.text(Http.get(export.link())));
      assertEquals(2, export.records());
    }
  }

  @Test
  void exportOneWantsExactlyOneEntity() {
    try (FinopsEmulator finops = FinopsEmulator.builder().start()) {
      DataProject two = GROUPS.entity(Entities.customersV3(), 1);
      assertTrue(refusal(() -> finops.exportOne(two)).contains("Nightly has 2"));
      assertTrue(
          refusal(() -> finops.exportOne(DataProject.named("Empty"))).contains("Empty has 0"));
    }
  }

  @Test
  void aBadSettingIsRefusedAtOnceWithItsRule() {
    FinopsEmulatorBuilder builder = FinopsEmulator.builder();
    assertTrue(refusal(() -> builder.processingThreads(5)).contains("1 to 4 threads, not 5"));
    assertTrue(refusal(() -> builder.retries(-1)).contains("not -1"));
    assertTrue(refusal(() -> builder.deliveryTimeout(Duration.ZERO)).contains("positive"));
    assertTrue(refusal(() -> builder.retryPause(Duration.ofMillis(-1))).contains("PT-0.001S"));
    assertTrue(refusal(() -> DataProject.named(" ")).contains("blank"));
    assertTrue(refusal(() -> GROUPS.legalEntity("usmf1")).contains("usmf1"));
    assertTrue(refusal(() -> GROUPS.entity(Entities.customerGroups(), -1)).contains("-1"));
    assertTrue(refusal(() -> GROUPS.file("X", folder.resolve("none"), 1)).contains("none"));
  }

  @Test
  void anEndpointIsHttpsOrOnThisMachine() {
    for (String good : new String[] {
      "https://example.com/x?code=1", "http://127.0.0.1:1/", "http://localhost/", "http://[::1]:2/"
    }) {
      assertEquals(URI.create(good), Endpoint.at(URI.create(good)).uri());
    }
    for (String bad : new String[] {
      "http://example.com/?code=hidden",
      "https://me:hidden@example.com/",
      "ftp://localhost/",
      "/path",
      "http://127.0.0.1.example.com/"
    }) {
      String message = refusal(() -> Endpoint.at(URI.create(bad)));
      assertTrue(message.contains("https URL"), message);
      assertFalse(message.contains("hidden"), message);
    }
    HttpsEndpoint endpoint = Endpoint.at(URI.create("https://example.com/"));
    assertFalse(refusal(() -> endpoint.header("X-Secret", "hid\nden")).contains("hid"));
    assertTrue(refusal(() -> endpoint.header("Content-Length", "1")).contains("Content-Length"));
  }

  private static String refusal(Runnable call) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
