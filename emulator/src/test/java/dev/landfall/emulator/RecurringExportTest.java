package dev.landfall.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.landfall.emulator.data.Entities;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RecurringExportTest {

  private static final DataProject GROUPS =
      DataProject.named("Nightly").entity(Entities.customerGroups(), 3);

  private final TestClock clock = new TestClock();
  private final FinopsEmulator finops = FinopsEmulator.builder().clock(clock).start();
  private final RecurringExport job = finops.recurring(GROUPS);
  private final Api api = new Api(finops);

  @AfterEach
  void close() {
    finops.close();
  }

  @Test
  void aRunIsFetchedAndAcknowledgedOnce() throws Exception {
    assertEquals(204, api.dequeue(job).statusCode());
    Export export = job.run();
    assertEquals(1, job.waiting());

    HttpResponse<String> message = api.dequeue(job);
    assertEquals(200, message.statusCode());
    JsonNode told = Api.json(message);
    assertTrue(told.get("IsDownLoadFileExist").booleanValue());
    assertEquals("", told.get("FileDownLoadErrorMessage").textValue());
    assertEquals("", told.get("LastDequeueDateTime").textValue());
    assertEquals(20, Base64.getDecoder().decode(told.get("PopReceipt").asText()).length);

    HttpResponse<byte[]> file = download(told);
    assertEquals(200, file.statusCode());
    assertEquals(export.length(), Long.parseLong(Http.header(file, "Content-Length")));
    assertEquals("(none)", Http.header(file, "ETag"));
    assertIsFileOf(export, file);

    HttpResponse<String> acknowledged = api.acknowledge(job, message.body());
    assertEquals(200, acknowledged.statusCode());
    clock.turn(Duration.ofDays(1));
    assertEquals(204, api.dequeue(job).statusCode());
    assertEquals(
        List.of(0, 1, 1, 1),
        List.of(job.waiting(), job.dequeued(), job.acknowledged(), job.downloads()));
    String activity = job.activityId().toString();
    assertEquals(
        List.of(
            "GET /api/connector/dequeue/" + activity,
            "GET /api/connector/dequeue/" + activity,
            "GET /api/connector/download/%7B" + activity + "%7D",
            "POST /api/connector/ack/" + activity,
            "GET /api/connector/dequeue/" + activity),
        finops.apiCalls());
  }

  @Test
  void theLocationIsAsTheLoadBalancerMakesIt() throws Exception {
    job.run();
    String location = Api.json(api.dequeue(job)).get("DownloadLocation").textValue();
    assertTrue(
        location.matches("http://127\\.0\\.0\\.1:80/api/connector/download/%7B" + job.activityId()
            + "%7D\\?correlation-id=[0-9a-f-]{36}&blob=[0-9a-f-]{36}"),
        location);
  }

  @Test
  void runsComeInOrderAndFilesStayWhenTheirMessageIsGone() throws Exception {
    Export first = job.run();
    Export second = job.run();
    HttpResponse<String> message = api.dequeue(job);
    assertEquals(1, job.waiting());
    assertEquals(200, api.acknowledge(job, message.body()).statusCode());
    assertIsFileOf(first, download(Api.json(message)));
    assertIsFileOf(second, download(Api.json(api.dequeue(job))));
    assertTrue(finops.deleteFile(first));
    assertEquals(404, download(Api.json(message)).statusCode());
    assertEquals(2, job.downloads());
  }

  @Test
  void whatIsNotAcknowledgedComesAgainWithAnotherReceipt() throws Exception {
    job.run();
    HttpResponse<String> first = api.dequeue(job);
    clock.turn(Duration.ofMinutes(30).minusMillis(1));
    assertEquals(204, api.dequeue(job).statusCode());
    clock.turn(Duration.ofMillis(1));
    HttpResponse<String> second = api.dequeue(job);
    JsonNode before = Api.json(first);
    JsonNode again = Api.json(second);
    assertEquals(before.get("CorrelationId"), again.get("CorrelationId"));
    assertEquals(before.get("DownloadLocation"), again.get("DownloadLocation"));
    assertNotEquals(before.get("PopReceipt"), again.get("PopReceipt"));
    assertEquals("2030-01-01T00:10:00Z", again.get("LastDequeueDateTime").textValue());

    HttpResponse<String> stale = api.acknowledge(job, first.body());
    assertEquals(500, stale.statusCode());
    assertTrue(stale.body().contains("pop receipt"), stale.body());
    assertEquals(200, api.acknowledge(job, second.body()).statusCode());
    HttpResponse<String> gone = api.acknowledge(job, second.body());
    assertEquals(500, gone.statusCode());
    assertTrue(gone.body().contains("does not exist"), gone.body());
    assertEquals(1, job.acknowledged());
  }

  @Test
  void theTimeUntilItComesAgainCanBeSet() throws Exception {
    try (FinopsEmulator quick = FinopsEmulator.builder()
        .clock(clock)
        .redeliverAfter(Duration.ofSeconds(5))
        .start()) {
      RecurringExport often = quick.recurring(GROUPS);
      often.run();
      Api caller = new Api(quick);
      assertEquals(200, caller.dequeue(often).statusCode());
      assertEquals(204, caller.dequeue(often).statusCode());
      clock.turn(Duration.ofSeconds(5));
      assertEquals(200, caller.dequeue(often).statusCode());
      assertEquals(2, often.dequeued());
    }
  }

  @Test
  void aRunWithoutRecordsHasNoLocationAndIsAcknowledgedAllTheSame() throws Exception {
    job.runEmpty();
    HttpResponse<String> message = api.dequeue(job);
    JsonNode told = Api.json(message);
    assertTrue(told.get("DownloadLocation").isNull());
    assertFalse(told.get("IsDownLoadFileExist").booleanValue());
    assertFalse(told.get("FileDownLoadErrorMessage").textValue().isEmpty());
    assertEquals(200, api.acknowledge(job, message.body()).statusCode());
    assertEquals(List.of(), finops.exports());
  }

  @Test
  void theActivityMayBeBracedAndALanguageStandInFront() throws Exception {
    job.run();
    for (String path : List.of(
        "/api/connector/dequeue/%7B" + job.activityId() + "%7D",
        "/en/api/connector/dequeue/" + job.activityId(),
        "/en-us/api/connector/dequeue/%7b" + job.activityId().toString().toUpperCase(Locale.ROOT)
            + "%7d",
        "/API/Connector/Dequeue/" + job.activityId())) {
      assertEquals(200, api.get(path).statusCode(), path);
      clock.turn(Duration.ofMinutes(30));
    }
    assertEquals(4, job.dequeued());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dequeue/nonsense",
        "dequeue/00000000-0000-0000-0000-000000000001",
        "download/00000000-0000-0000-0000-000000000001"
      })
  void anUnknownActivityIsForbidden(String path) throws Exception {
    HttpResponse<String> refusal = api.get("/api/connector/" + path);
    assertEquals(403, refusal.statusCode());
    assertTrue(refusal.body().contains("data job"), refusal.body());
    UUID unknown = UUID.randomUUID();
    assertEquals(403, api.post("/api/connector/ack/" + unknown, "{}").statusCode());
  }

  @Test
  void anAcknowledgementIsJsonWithBothIds() throws Exception {
    job.run();
    JsonNode told = Api.json(api.dequeue(job));
    String path = "/api/connector/ack/" + job.activityId();
    assertEquals(500, api.post(path, "nonsense").statusCode());
    assertEquals(500, api.post(path, "{}").statusCode());
    assertEquals(
        500,
        api.post(path, "{\"CorrelationId\":" + told.get("CorrelationId") + "}").statusCode());
    assertEquals(
        500, api.post(path, "{\"PopReceipt\":" + told.get("PopReceipt") + "}").statusCode());
    assertEquals(
        415,
        api.client()
            .send(api.post(path, "text/plain", told.toString()), BodyHandlers.discarding())
            .statusCode());
    assertEquals(0, job.acknowledged());
    assertEquals(200, api.post(path, told.toString()).statusCode());
    assertEquals(405, api.get(path).statusCode());
  }

  @Test
  void theSameFileCanBeAnnouncedByAnEventToo() throws Exception {
    try (Receiver receiver = Receiver.accepting()) {
      finops.endpoint(receiver.uri());
      Export quiet = job.run();
      Export loud = job.runWithEvent();
      assertEquals(List.of(), quiet.outcome().join());
      assertEquals("", quiet.payload());
      assertTrue(loud.outcome().join().get(0).accepted());
      assertEquals(1, receiver.posts().size());
      assertTrue(receiver.posts().get(0).body().contains(loud.link().toString()));
      assertEquals(List.of(quiet, loud), finops.exports());
      assertEquals(200, api.dequeue(job).statusCode());
      HttpResponse<byte[]> file = download(Api.json(api.dequeue(job)));
      assertIsFileOf(loud, file);
      assertIsFileOf(loud, Http.get(loud.link()));
      assertThrows(IllegalArgumentException.class, () -> finops.redeliver(quiet.eventId()));
    }
  }

  @Test
  void aPartOfAFileCanBeAskedFor() throws Exception {
    Export export = job.run();
    JsonNode told = Api.json(api.dequeue(job));
    URI uri = api.reachable(told.get("DownloadLocation").asText());
    byte[] whole = Http.get(export.link()).body();
    HttpResponse<byte[]> rest = Http.get(uri, "Range", "bytes=5-");
    assertEquals(206, rest.statusCode());
    assertEquals(whole.length - 5, rest.body().length);
    assertEquals(416, Http.get(uri, "Range", "bytes=100000-").statusCode());
  }

  @Test
  void severalEntitiesNeedAPackage() {
    RecurringExport two = finops.recurring(GROUPS.entity(Entities.customersV3(), 1));
    String message =
        String.valueOf(assertThrows(IllegalStateException.class, two::run).getMessage());
    assertTrue(message.contains("Nightly has 2 entities"), message);
    assertEquals("Nightly", two.asPackage().run().entity());
    assertEquals(1, two.waiting());
    assertThrows(
        IllegalStateException.class,
        () -> finops.recurring(DataProject.named("None")).run());
  }

  private HttpResponse<byte[]> download(JsonNode message) throws Exception {
    return Http.get(api.reachable(message.get("DownloadLocation").textValue()));
  }

  private static void assertIsFileOf(Export export, HttpResponse<byte[]> file) throws Exception {
    assertEquals(
        export.sha256(),
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file.body())));
  }
}
