package dev.landfall.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.landfall.emulator.api.PackageBehaviour;
import dev.landfall.emulator.data.Entities;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExecutionListTest {

  private static final DataProject DAILY =
      DataProject.named("Daily").legalEntity("demf").entity(Entities.customerGroups(), 1);

  @Test
  void executionsAreListedOldestFirst() throws Exception {
    try (FinopsEmulator finops = FinopsEmulator.builder().clock(new TestClock()).start()) {
      finops.packages(PackageBehaviour.usual().executingFor(0));
      String first = finops.execute(DAILY);
      finops.packages(PackageBehaviour.usual().notFoundFor(1));
      String second = finops.execute(DAILY);
      assertEquals(List.of(first, second), finops.executions());
      assertEquals(0, finops.exportsStarted());
      Api api = new Api(finops);
      String path = "/data/DataManagementExecutionJobDetails";
      JsonNode list = Api.json(api.get(path + "?$filter=ExecutionStatus%20eq%20'Succeeded'"));
      assertEquals(
          finops.environment() + "/data/$metadata#DataManagementExecutionJobDetails",
          list.get("@odata.context").textValue());
      assertFalse(list.has("@odata.nextLink"));
      assertEquals(1, list.get("value").size());
      JsonNode row = list.get("value").get(0);
      assertEquals(first, row.get("ExecutionId").textValue());
      assertEquals("Daily", row.get("DefinitionGroupId").textValue());
      assertEquals("Succeeded", row.get("ExecutionStatus").textValue());
      assertEquals("demf", row.get("LegalEntityId").textValue());
      assertEquals("2030-01-01T00:10:00Z", row.get("StartedDateTime").textValue());
      // Each look at an execution lets it go on.
      assertEquals(
          "Executing",
          Api.json(api.get(path)).get("value").get(1).get("ExecutionStatus").asText());
      assertEquals(
          "Succeeded",
          Api.json(api.get(path)).get("value").get(1).get("ExecutionStatus").asText());
      assertTrue(api.packageUrl(second).startsWith(finops.environment() + "/dmf/"));
    }
  }

  @Test
  void pagesFollowOneAnother() throws Exception {
    try (FinopsEmulator finops = FinopsEmulator.builder()
        .executionsEntity("JobHistory")
        .executionsPage(2)
        .start()) {
      finops.packages(PackageBehaviour.usual().executingFor(0));
      List<String> started = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        started.add(finops.execute(DAILY));
      }
      assertEquals(started, listed(finops, "/data/JobHistory", 3));
      assertEquals(started.subList(0, 3), listed(finops, "/data/JobHistory?$top=3", 2));
      assertEquals(started.subList(0, 2), listed(finops, "/data/JobHistory?%24top=2", 1));
      Api api = new Api(finops);
      assertEquals(404, api.get("/data/DataManagementExecutionJobDetails").statusCode());
      assertEquals(405, api.post("/data/JobHistory", "{}").statusCode());
    }
  }

  @Test
  void aPageHas100Executions() throws Exception {
    try (FinopsEmulator finops = FinopsEmulator.builder().start()) {
      finops.packages(PackageBehaviour.usual().executingFor(0));
      finops.project(DAILY);
      Api api = new Api(finops);
      for (int i = 0; i < 101; i++) {
        api.act("ExportToPackageAsync", Api.exporting("Daily", "run-" + i));
      }
      assertEquals(
          finops.executions(), listed(finops, "/data/DataManagementExecutionJobDetails", 2));
    }
  }

  private static List<String> listed(FinopsEmulator finops, String path, int pages)
      throws Exception {
    List<String> ids = new ArrayList<>();
    URI next = finops.environment().resolve(path);
    for (int i = 1; i <= pages; i++) {
      JsonNode page = Api.json(new Api(finops).get(next));
      page.get("value").forEach(row -> ids.add(row.get("ExecutionId").textValue()));
      assertEquals(i < pages, page.has("@odata.nextLink"));
      next = i < pages ? URI.create(page.get("@odata.nextLink").textValue()) : next;
      assertEquals(finops.environment().getAuthority(), next.getAuthority());
    }
    return ids;
  }
}
