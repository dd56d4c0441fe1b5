package dev.landfall.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.emulator.api.ApiCall;
import dev.landfall.emulator.api.ApiFault;
import dev.landfall.emulator.api.PackageBehaviour;
import dev.landfall.emulator.data.Entities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ApiFaultTest {

  private final FinopsEmulator finops = FinopsEmulator.builder().start();
  private final RecurringExport job =
      finops.recurring(DataProject.named("Nightly").entity(Entities.customerGroups(), 1));
  private final Api api = new Api(finops);

  @AfterEach
  void close() {
    finops.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyCallCanGoWrongOnce(ApiCall call) throws Exception {
    finops.fault(call, ApiFault.status(502));
    HttpResponse<String> broken = make(call);
    assertEquals(502, broken.statusCode());
    assertEquals(List.of(), finops.executions());
    assertFalse(make(call).statusCode() == 502);
  }

  private HttpResponse<String> make(ApiCall call) throws Exception {
    return switch (call) {
      case DEQUEUE -> api.dequeue(job);
      case DOWNLOAD -> api.get("/api/connector/download/" + job.activityId());
      case ACKNOWLEDGE -> api.acknowledge(job, "{}");
      case EXPORT_TO_PACKAGE -> api.export("Nightly", "1");
      case STATUS -> api.act("GetExecutionSummaryStatus", Map.of("executionId", "1"));
      case PACKAGE_URL -> api.act("GetExportedPackageUrl", Map.of("executionId", "1"));
      case ERRORS -> api.act("GetExecutionErrors", Map.of("executionId", "1"));
      case EXECUTIONS -> api.get("/data/DataManagementExecutionJobDetails");
      case TOKEN -> api.post("/contoso/oauth2/v2.0/token", "");
    };
  }

  @Test
  void faultsAreUsedUpInOrderAndOthersAreLeftAlone() throws Exception {
    finops.fault(ApiCall.DEQUEUE, ApiFault.throttled(7));
    finops.fault(ApiCall.DEQUEUE, ApiFault.throttledWithoutTime());
    finops.fault(ApiCall.DEQUEUE, ApiFault.loginPage());
    finops.fault(ApiCall.ACKNOWLEDGE, ApiFault.status(503));
    job.run();
    HttpResponse<String> timed = api.dequeue(job);
    assertEquals(429, timed.statusCode());
    assertEquals("7", Http.header(timed, "Retry-After"));
    assertTrue(timed.body().contains("high resource utilization"), timed.body());
    HttpResponse<String> untimed = api.dequeue(job);
    assertEquals(429, untimed.statusCode());
    assertEquals("(none)", Http.header(untimed, "Retry-After"));
    HttpResponse<String> login = api.dequeue(job);
    assertEquals(302, login.statusCode());
    HttpResponse<String> page = api.get(URI.create(Http.header(login, "Location")));
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("Sign in"), page.body());
    assertEquals(0, job.dequeued());
    assertEquals(200, api.dequeue(job).statusCode());
  }

  @Test
  void aCallThatIsCutHasNoEffect() throws Exception {
    job.run();
    finops.fault(ApiCall.DEQUEUE, ApiFault.cut());
    assertThrows(IOException.class, () -> new Api(finops).dequeue(job));
    assertEquals(0, job.dequeued());
    assertEquals(1, job.waiting());
  }

  @Test
  void aCallThatIsCutAfterwardsHasItsEffect() throws Exception {
    job.run();
    String message = api.dequeue(job).body();
    finops.fault(ApiCall.ACKNOWLEDGE, ApiFault.cutAfterwards());
    assertThrows(IOException.class, () -> new Api(finops).acknowledge(job, message));
    assertEquals(1, job.acknowledged());
    assertEquals(500, api.acknowledge(job, message).statusCode());
  }

  @Test
  void anotherStatusCanComeAfterTheEffect() throws Exception {
    finops.packages(PackageBehaviour.usual().executingFor(0));
    finops.project(DataProject.named("Nightly").entity(Entities.customerGroups(), 1));
    finops.fault(ApiCall.EXPORT_TO_PACKAGE, ApiFault.statusAfterwards(504));
    assertEquals(504, api.export("Nightly", "1").statusCode());
    assertEquals(List.of("1"), finops.executions());
    assertEquals("Succeeded", api.status("1"));
  }

  @Test
  void silenceLastsUntilTheEmulatorIsClosed() throws Exception {
    job.run();
    finops.fault(ApiCall.DEQUEUE, ApiFault.silent());
    CompletableFuture<HttpResponse<String>> call = api.client()
        .sendAsync(
            api.request(finops.environment().resolve("/api/connector/dequeue/" + job.activityId()))
                .build(),
            BodyHandlers.ofString());
    while (job.dequeued() == 0) {
      Thread.onSpinWait();
    }
    // Another call is answered meanwhile.
    assertEquals(204, new Api(finops).dequeue(job).statusCode());
    assertFalse(call.isDone());
    finops.close();
    assertTrue(call.handle((answer, failure) -> failure != null).get(30, TimeUnit.SECONDS));
  }

  @Test
  void aFaultNeedsAStatusThatThereIs() {
    assertThrows(IllegalArgumentException.class, () -> ApiFault.status(199));
    assertThrows(IllegalArgumentException.class, () -> ApiFault.statusAfterwards(600));
    assertThrows(IllegalArgumentException.class, () -> PackageBehaviour.usual().notFoundFor(-1));
    assertThrows(
        IllegalArgumentException.class, () -> PackageBehaviour.usual().endingAs("Succeded"));
  }
}
