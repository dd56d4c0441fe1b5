package dev.landfall.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.landfall.emulator.api.PackageBehaviour;
import dev.landfall.emulator.data.Entities;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PackageApiTest {

  private static final DataProject DAILY =
      DataProject.named("Daily").entity(Entities.customerGroups(), 3);

  private final TestClock clock = new TestClock();
  private final FinopsEmulator finops = FinopsEmulator.builder().clock(clock).start();
  private final Api api = new Api(finops);

  PackageApiTest() {
    finops.project(DAILY);
  }

  @AfterEach
  void close() {
    finops.close();
  }

  @Test
  void anExecutionIsSeenAtWorkThenSucceedsAndHasItsPackage() throws Exception {
    HttpResponse<String> started = api.export("Daily", "mine-1");
    assertEquals(200, started.statusCode());
    assertEquals("mine-1", Api.value(started));
    assertEquals(
        finops.environment() + "/data/$metadata#Edm.String",
        Api.json(started).get("@odata.context").textValue());
    assertEquals("", api.packageUrl("mine-1"));
    assertEquals("Executing", api.status("mine-1"));
    assertEquals("Succeeded", api.status("mine-1"));
    assertEquals("Succeeded", api.status("mine-1"));
    HttpResponse<byte[]> file = Http.get(URI.create(api.packageUrl("mine-1")));
    assertEquals(200, file.statusCode());
    assertEquals('P', file.body()[0]);
    assertEquals(List.of("mine-1"), finops.executions());
    assertEquals(1, finops.exportsStarted());
    assertEquals(finops.exports().get(0).length(), file.body().length);
    assertEquals("[]", errors("mine-1"));
  }

  @Test
  void theSynchronousCallStartsTheSame() throws Exception {
    HttpResponse<String> started = api.act("ExportToPackage", Api.exporting("daily", ""));
    String id = Api.value(started);
    assertTrue(id.matches("daily-2030-01-01T00:10:00-[0-9A-F]{32}"), id);
    assertEquals("Executing", api.status(id));
    assertEquals("Succeeded", api.status(id));
  }

  @Test
  void anExecutionGoesThroughAllItsStates() throws Exception {
    finops.packages(PackageBehaviour.usual()
        .notFoundFor(2)
        .notRunFor(1)
        .executingFor(2)
        .urlEmptyFor(2)
        .nestedValues()
        .endingAs("PartiallySucceeded")
        .withErrors("[{\"a\":\"b\"}]"));
    HttpResponse<String> started = api.export("Daily", "mine");
    assertEquals("mine", Api.json(started).get("value").get("value").textValue());
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> missing =
          api.act("GetExecutionSummaryStatus", Map.of("executionId", "mine"));
      assertEquals(400, missing.statusCode());
      JsonNode error = Api.json(missing).get("error");
      assertEquals("An error has occurred.", error.get("message").textValue());
      assertEquals(
          "Exception occurred while executing action GetExecutionSummaryStatus on Entity"
              + " DataManagementDefinitionGroup: Execution details were not found for execution id:"
              + " mine",
          error.get("innererror").get("message").textValue());
    }
    assertEquals("NotRun", api.status("mine"));
    assertEquals("Executing", api.status("mine"));
    assertEquals("[]", errors("mine"));
    assertEquals("Executing", api.status("mine"));
    assertEquals("PartiallySucceeded", api.status("mine"));
    assertEquals("[{\"a\":\"b\"}]", errors("mine"));
    assertEquals("", nestedUrl());
    assertEquals("", nestedUrl());
    assertTrue(nestedUrl().startsWith(finops.environment() + "/dmf/"));
  }

  private String nestedUrl() throws Exception {
    return Api.json(api.act("GetExportedPackageUrl", Map.of("executionId", "mine")))
        .get("value")
        .get("value")
        .textValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Failed", "Canceled", "Unknown"})
  void whatDoesNotSucceedHasNoPackage(String ending) throws Exception {
    finops.packages(PackageBehaviour.usual().executingFor(0).endingAs(ending));
    api.export("Daily", "1");
    assertEquals(ending, api.status("1"));
    assertEquals("", api.packageUrl("1"));
    assertEquals(List.of(), finops.exports());
  }

  @Test
  void eachLinkIsFreshAndWantsNoToken() throws Exception {
    api.export("Daily", "1");
    api.status("1");
    URI first = URI.create(api.packageUrl("1"));
    clock.turn(Duration.ofMinutes(40));
    URI second = URI.create(api.packageUrl("1"));
    assertNotEquals(first, second);
    assertEquals(first.getPath(), second.getPath());
    clock.turn(Duration.ofMinutes(40));
    assertEquals(403, Http.get(first).statusCode());
    assertEquals(200, Http.get(second).statusCode());
    assertEquals(400, Http.get(second, "Authorization", "Bearer x").statusCode());
  }

  @Test
  void anUnknownProjectIsAcceptedAndNeverFound() throws Exception {
    HttpResponse<String> started = api.export("Dayly", "1");
    assertEquals(200, started.statusCode());
    assertEquals("1", Api.value(started));
    for (int i = 0; i < 5; i++) {
      assertTrue(api.status("1").contains("Execution details were not found"));
    }
    assertTrue(api.packageUrl("1").contains("Execution details were not found"));
    assertTrue(errors("1").contains("Execution details were not found"));
    assertEquals(List.of(), finops.executions());
    assertEquals(0, finops.exportsStarted());
  }

  @Test
  void anIdIsUsedOnceAndIsThereAtLeastEmpty() throws Exception {
    api.export("Daily", "1");
    HttpResponse<String> second = api.export("Daily", "1");
    assertEquals(400, second.statusCode());
    assertTrue(Api.value(second).contains("already in use"), second.body());
    Map<String, Object> without = new HashMap<>(Api.exporting("Daily", ""));
    without.remove("executionId");
    HttpResponse<String> blank = api.act("ExportToPackageAsync", without);
    assertEquals(400, blank.statusCode());
    assertTrue(Api.value(blank).contains("executionId"), blank.body());
    assertEquals(400, api.post(Api.ACTIONS + "GetExecutionSummaryStatus", "no").statusCode());
    assertEquals(404, api.act("Nothing", Map.of()).statusCode());
    assertEquals(1, finops.exportsStarted());
  }

  @Test
  void twoAtOnceAreADeadlockForTheSecond() throws Exception {
    finops.project(DataProject.named("Other").entity(Entities.customerGroups(), 1));
    api.export("Daily", "1");
    api.export("DAILY", "2");
    api.export("Other", "3");
    assertEquals(1, finops.overlappingExecutions());
    assertEquals("Executing", api.status("2"));
    assertEquals("Failed", api.status("2"));
    assertTrue(errors("2").contains("Deadlock"));
    assertEquals("", api.packageUrl("2"));
    assertEquals("Executing", api.status("1"));
    assertEquals("Succeeded", api.status("1"));
    api.export("Daily", "4");
    assertEquals("Executing", api.status("4"));
    assertEquals("Succeeded", api.status("4"));
    assertEquals(1, finops.overlappingExecutions());
    assertEquals(List.of("1", "2", "3", "4"), finops.executions());
  }

  @Test
  void aCallThatDoesTheWorkItselfHasDoneItWhenItIsAnswered() throws Exception {
    finops.packages(
        PackageBehaviour.usual().executingFor(1_000).synchronously(Duration.ofMillis(50)));
    long before = System.nanoTime();
    api.act("ExportToPackage", Api.exporting("Daily", "1"));
    assertTrue(System.nanoTime() - before >= Duration.ofMillis(50).toNanos());
    assertEquals("Succeeded", api.status("1"));
    api.act("ExportToPackage", Api.exporting("Daily", "2"));
    assertEquals(0, finops.overlappingExecutions());
  }

  @Test
  void aCallThatTakesLongIsAskedAboutMeanwhile() throws Exception {
    finops.packages(PackageBehaviour.usual().executingFor(1).synchronously(Duration.ofHours(1)));
    CompletableFuture<HttpResponse<String>> call = api.client()
        .sendAsync(
            api.post(
                Api.ACTIONS + "ExportToPackage",
                "application/json",
                "{\"definitionGroupId\":\"Daily\",\"executionId\":\"long\"}"),
            HttpResponse.BodyHandlers.ofString());
    while (finops.executions().isEmpty()) {
      Thread.onSpinWait();
    }
    String status = api.status("long");
    while (status.equals("Executing")) {
      status = api.status("long");
    }
    assertEquals("Succeeded", status);
    assertFalse(call.isDone());
    finops.close();
    assertTrue(call.handle((answer, failure) -> failure != null).get(30, TimeUnit.SECONDS));
  }

  @Test
  void thePackageIsOfTheCompanyThatIsAskedFor() throws Exception {
    Map<String, Object> german = new HashMap<>(Api.exporting("Daily", "1"));
    german.put("legalEntityId", "demf");
    api.act("ExportToPackageAsync", german);
    assertEquals("demf", finops.exports().get(0).legalEntity());
    api.status("1");
    german.put("executionId", "2");
    german.put("legalEntityId", "nobody");
    api.act("ExportToPackageAsync", german);
    api.status("2");
    assertEquals("Failed", api.status("2"));
  }

  private String errors(String id) throws Exception {
    return Api.value(api.act("GetExecutionErrors", Map.of("executionId", id)));
  }
}
