package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.landfall.Pipeline;
import dev.landfall.emulator.DataProject;
import dev.landfall.emulator.Delivery;
import dev.landfall.emulator.Endpoint;
import dev.landfall.emulator.Export;
import dev.landfall.emulator.FinopsEmulator;
import dev.landfall.emulator.data.DataFormat;
import dev.landfall.emulator.data.Entities;
import dev.landfall.event.Reason;
import dev.landfall.file.Sha256;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Ledger;
import dev.landfall.transport.http.Webhook;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An emulated environment in front, files and rows behind, and every bad input in between. */
@Timeout(60)
class EndToEndTest {

  private static final Path REAL_EXPORT =
      Path.of("..", "..", "shared", "data", "finops", "customers-v3.csv");

  @TempDir
  Path folder;

  private final Ends ends = new Ends();
  private final FinopsEmulator finops =
      FinopsEmulator.builder().retryPause(Duration.ofMillis(5)).start();
  private House house;
  private Webhook webhook;
  private Ledger ledger;
  private Pipeline pipeline;

  @BeforeEach
  void start() {
    house = new House(folder);
    webhook = house.webhook();
    ledger = house.ledger();
    pipeline = house.pipeline(webhook, ledger, finops.address(), ends, sink -> sink);
    pipeline.start();
  }

  @AfterEach
  void stop() {
    finops.close();
    pipeline.close();
  }

  private URI address() {
    return URI.create(webhook.uri() + "?code=" + House.SECRET);
  }

  private void activate() {
    assertTrue(finops.activate(Endpoint.at(address())).accepted(), "the endpoint test event");
  }

  private int post(String body) throws Exception {
    var request = HttpRequest.newBuilder(address())
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** Says how long a body will be and no more; a refusal is lost on who still writes its body. */
  private int announce(int length) throws Exception {
    URI address = address();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String head = "POST %s?%s HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"
          .formatted(address.getRawPath(), address.getRawQuery(), length);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      var answer = new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return Integer.parseInt(answer.readLine().split(" ", -1)[1]);
    }
  }

  private static String event(String id, String link) {
    return """
        {"BusinessEventId":"NAVAXDMFExportBusinessEvent","EventId":"%s","EntityName":"Customers",
         "EventTime":"/Date(1893456300000)/","LegalEntity":"usmf","DownloadURL":"%s"}
        """.formatted(id, link);
  }

  private static String signed(String address, String expiry) {
    return address
        + "?sv=2014-02-14&sr=b&sig=%sA%%3D&se=%s&sp=r".formatted("secret".repeat(7), expiry);
  }

  private List<Reason> deaths() {
    return ledger.deadLetters(100).stream()
        .map(letter -> letter.failure().reason())
        .toList();
  }

  @Test
  void everyExportLandsAsAFileWithTheBytesThatWereExported() throws Exception {
    activate();
    List<Export> exports = finops.export(DataProject.named("nightly")
        .entity(Entities.customersV3(), 50)
        .entity(Entities.customersV3(), 70));
    ends.await(2);
    assertEquals(120, house.storedRows("CUSTOMERACCOUNT").size());
    for (Export export : exports) {
      Path stored = folder.resolve("exports").resolve(export.eventId() + ".csv");
      assertEquals(export.sha256(), Sha256.of(Files.readAllBytes(stored)).hex());
      assertTrue(export.outcome().get(10, TimeUnit.SECONDS).stream().allMatch(Delivery::accepted));
    }
  }

  @Test
  void aHundredExportsEachDeliveredThreeTimesLandOnceEach() throws Exception {
    activate();
    List<Export> exports = IntStream.range(0, 100)
        .mapToObj(i ->
            finops.exportOne(DataProject.named("p").seed(i).entity(Entities.customerGroups(), 3)))
        .toList();
    for (Export export : exports) {
      finops.redeliver(export.eventId()).get(10, TimeUnit.SECONDS);
      finops.redeliver(export.eventId()).get(10, TimeUnit.SECONDS);
    }
    ends.await(100);
    assertEquals(300, house.storedRows("CUSTOMERGROUPID").size());
    assertEquals(
        exports.stream().map(export -> export.eventId() + ".csv").sorted().toList(),
        house.storedFiles());
  }

  @Test
  void anExportInXmlLandsInTheTableToo() throws Exception {
    activate();
    Export export = finops.exportOne(
        DataProject.named("x").format(DataFormat.XML).entity(Entities.customerGroups(), 3));
    ends.await(1);
    assertEquals(3, house.storedRows("CUSTOMERGROUPID").size());
    assertEquals(List.of(export.eventId() + ".xml"), house.storedFiles());
  }

  @Test
  void aFileThatIsNoTableIsADeadLetterOfTheTableAndLandsInTheFolder() throws Exception {
    activate();
    Path cutOff = Files.writeString(folder.resolve("cut-off.xml"), "<Document><ROW>");
    Export export = finops.exportOne(DataProject.named("x").file("Customer groups", cutOff, 1));
    ends.await(1);
    DeadLetter letter = ledger.deadLetters(1).get(0);
    assertEquals(Reason.MALFORMED_FILE, letter.failure().reason());
    assertEquals(List.of(export.eventId() + ".xml"), house.storedFiles());
  }

  @Test
  void aRealExportLandsWithAllItsFields() throws Exception {
    assumeTrue(
        Files.exists(REAL_EXPORT), "The real export is not beside the project; nothing to land.");
    activate();
    finops.exportOne(DataProject.named("real").file("Customers V3", REAL_EXPORT, 3));
    ends.await(1);
    assertEquals(
        List.of("IMP-110143", "IMP-110143", "IMP-910140"), house.storedRows("CUSTOMERACCOUNT"));
    assertEquals(List.of("GBSI", "GBSI", "USMF"), house.storedRows("DataAreaId"));
  }

  @Test
  void eachBadInputGetsItsAnswerAndTheGoodOnesGoOn() throws Exception {
    activate();
    assertEquals(400, post("not JSON"), "not JSON");
    assertEquals(400, post("{\"Order\": 7}"), "JSON of another shape");
    assertEquals(400, post("[1, 2]"), "an array of what is no event");
    assertEquals(413, announce(64 * 1024 + 1), "a body over the limit");
    assertEquals(202, post(event("empty-link", "")));
    assertEquals(202, post(event("strange-host", signed("https://evil.example/x", "2099-01-01"))));
    assertEquals(
        202, post(event("dead-link", signed(finops.address() + "/dmf/x.csv", "2020-01-01"))));
    assertEquals(
        202, post(event("cut-link", finops.address() + "/dmf/x.csv?sv=2014-02-14&sig=secret")));
    Export deleted =
        finops.exportOne(DataProject.named("gone").entity(Entities.customerGroups(), 1));
    ends.await(5);
    Export good = finops.exportOne(DataProject.named("good").entity(Entities.customerGroups(), 2));
    ends.await(6);
    assertTrue(house.storedFiles().contains(good.eventId() + ".csv"));
    assertTrue(house.storedFiles().contains(deleted.eventId() + ".csv"));
    List<Reason> deaths = deaths();
    assertTrue(
        deaths.containsAll(List.of(
            Reason.LINK_MISSING,
            Reason.HOST_NOT_ALLOWED,
            Reason.LINK_EXPIRED,
            Reason.LINK_TRUNCATED)),
        deaths.toString());
    assertEquals(4, deaths.stream().filter(Reason.MALFORMED_EVENT::equals).count());
    assertEquals(8, deaths.size(), deaths.toString());
    assertFalse(ledger.deadLetters(100).toString().contains("secret"));
  }

  @Test
  void aBatchOfEventGridLandsWithPoisonInIt() throws Exception {
    List<Export> exports = List.of(
        finops.exportOne(DataProject.named("a").entity(Entities.customerGroups(), 1)),
        finops.exportOne(DataProject.named("b").entity(Entities.customerGroups(), 1)));
    activate();
    String batch = "[%s, {\"poison\": 1}, %s]"
        .formatted(
            onGrid(exports.get(0).payload()),
            onGrid("\"" + exports.get(1).payload().replace("\"", "\\\"") + "\""));
    assertEquals(202, post(batch));
    ends.await(2);
    for (Export export : exports) {
      assertTrue(house.storedFiles().contains(export.eventId() + ".csv"));
    }
    assertEquals(List.of(Reason.MALFORMED_EVENT), deaths());
    assertEquals(202, post(batch), "delivered again");
    assertEquals(2, house.storedFiles().size());
  }

  private static String onGrid(String data) {
    return "{\"id\":\"g\",\"eventType\":\"t\",\"eventTime\":\"2030-01-01T00:00:00Z\",\"data\":"
        + data + "}";
  }

  @Test
  void aFileThatIsGoneAndALinkThatWasChangedHaveNamesOfTheirOwn() throws Exception {
    Export gone = finops.exportOne(DataProject.named("a").entity(Entities.customerGroups(), 1));
    Export changed = finops.exportOne(DataProject.named("b").entity(Entities.customerGroups(), 1));
    finops.deleteFile(gone);
    activate();
    finops.redeliver(gone.eventId()).get(10, TimeUnit.SECONDS);
    assertEquals(202, post(changed.payload().replace("&sp=r", "&sp=rw")));
    ends.await(2);
    assertEquals(
        List.of(Reason.LINK_REFUSED, Reason.FILE_GONE),
        deaths().stream().sorted().toList());
  }
}
