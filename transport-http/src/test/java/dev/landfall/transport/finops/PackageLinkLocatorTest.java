package dev.landfall.transport.finops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Payload;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.json.EventReader;
import dev.landfall.spi.FileLocator;
import dev.landfall.testkit.FileLocatorContract;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageLinkLocatorTest extends FileLocatorContract {

  private static final String LINK =
      "https://contoso.blob.core.windows.net/dmf/%s.zip?sv=2018-03-28&sr=b&sig="
          + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE%%3D&se=2030-01-01T01:00:00Z&sp=r";

  private final AtomicInteger tokens = new AtomicInteger();
  private final PackageApi finops = new PackageApi(call -> PackageApi.Answer.ok(
      "{\"@odata.context\":\"x\",\"value\":\"%s\"}".formatted(link(call.body()))));

  PackageLinkLocatorTest() throws IOException {}

  @AfterEach
  void close() {
    finops.close();
  }

  private static String link(String body) {
    Payload asked = new EventReader().payload(body.getBytes(StandardCharsets.UTF_8));
    String execution = asked.text("executionId").orElseThrow();
    return LINK.formatted(URLEncoder.encode(execution, StandardCharsets.UTF_8));
  }

  @Override
  protected FileLocator newLocator() {
    return PackageLinkLocator.of(
        FinopsEnvironment.at(finops.address(), () -> "token-" + tokens.incrementAndGet()));
  }

  @Override
  protected BusinessEvent announcing(int number) {
    return event("ExecutionId", "run-" + number);
  }

  @Override
  protected BusinessEvent announcingNothing() {
    return event("Other", "run-0");
  }

  private static BusinessEvent event(String member, String value) {
    Map<String, String> members = new HashMap<>();
    members.put("EventId", "e-1");
    members.put("EventTimeIso8601", "2030-01-01T00:00:00Z");
    members.put(member, value);
    return BusinessEvent.of(Payload.of(members));
  }

  private FetchException failure() {
    return assertThrows(FetchException.class, () -> newLocator().locate(announcing(1)));
  }

  @Test
  void thePackageOfTheExecutionIsAskedForWithATokenOfItsOwnEachTime() {
    FileLocator locator = newLocator();
    locator.locate(announcing(1));
    assertEquals("run-2.zip", locator.locate(announcing(2)).name());
    String line = "POST /data/DataManagementDefinitionGroups/"
        + "Microsoft.Dynamics.DataEntities.GetExportedPackageUrl";
    assertEquals(
        List.of(
            new PackageApi.Call(line, "Bearer token-1", "{\"executionId\":\"run-1\"}"),
            new PackageApi.Call(line, "Bearer token-2", "{\"executionId\":\"run-2\"}")),
        List.copyOf(finops.calls()));
  }

  @Test
  void theExecutionIdMayStandElsewhere() {
    FileLocator locator = PackageLinkLocator.of(FinopsEnvironment.at(finops.address(), () -> "t"))
        .executionIdIn("Run");
    assertEquals("run-7.zip", locator.locate(event("Run", "run-7")).name());
  }

  @Test
  void aValueWithinAValueIsReadToo() {
    finops.answers(200, "{\"value\":{\"value\":\"" + LINK.formatted("nested") + "\"}}");
    assertEquals("nested.zip", newLocator().locate(announcing(1)).name());
  }

  @Test
  void aLinkIsEmptyUntilThePackageIsReady() {
    finops.answers(200, "{\"value\":\"\"}");
    FetchException early = failure();
    assertEquals(Reason.FILE_UNAVAILABLE, early.reason());
    assertTrue(early.retryable());
  }

  @Test
  void aLinkThatCannotBeRightIsRefused() {
    finops.answers(200, "{\"value\":\"https://contoso.blob.core.windows.net/dmf/x.zip?sv=1\"}");
    assertEquals(Reason.LINK_TRUNCATED, failure().reason());
  }

  @ParameterizedTest
  @CsvSource({
    "301, redirect",
    "302, redirect",
    "401, token",
    "403, token",
    "400, 400",
    "404, 404",
    "500, 500",
    "502, 502",
    "204, 204",
  })
  void whatMayHealIsTriedAgain(int status, String told) {
    finops.answers(status, "");
    FetchException failed = failure();
    assertEquals(Reason.FILE_UNAVAILABLE, failed.reason());
    assertTrue(failed.retryable());
    assertTrue(failed.getMessage().contains(told), failed.getMessage());
    assertFalse(failed.getMessage().contains("token-1"), failed.getMessage());
  }

  @Test
  void theEnvironmentsOwnWordsAreToldWithoutSecrets() {
    finops.answers(500, """
        {"error":{"code":"","message":"An error has occurred.","innererror":{"message":
        "Execution details not found for\\n https://a.b/c?sig=secret","type":"x","stacktrace":""}}}""");
    String message = failure().getMessage();
    assertTrue(message.contains("Execution details not found"), message);
    assertFalse(message.contains("secret"), message);
  }

  @Test
  void anEnvironmentThatIsBusyIsLeftAloneAsLongAsItAsks() {
    finops.answers(new PackageApi.Answer(429, Map.of("Retry-After", "17"), ""));
    assertEquals(Duration.ofSeconds(17), failure().retryAfter());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "null", "{\"value\":", "{\"values\":\"x\"}", "{\"value\":null}"})
  void anAnswerThatIsNoneIsTriedAgain(String body) {
    finops.answers(200, body);
    assertTrue(failure().retryable());
  }

  @Test
  void anEndlessAnswerCostsNoMoreThanItsBeginning() {
    finops.answers(200, "{\"value\":\"" + "x".repeat(5_000_000) + "\"}");
    assertTrue(failure().retryable());
  }

  @Test
  void anEnvironmentThatCannotBeReachedIsTriedAgain() {
    finops.close();
    assertTrue(failure().retryable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://contoso.operations.dynamics.com",
        "ftp://contoso.com",
        "contoso.com",
        "https:///x",
        "https://user@contoso.com",
        "http://127.0.0.1.nip.io",
        "http://localhost"
      })
  void aTokenGoesOnlyWhereItIsSafe(String address) {
    URI environment = URI.create(address);
    assertThrows(
        IllegalArgumentException.class, () -> FinopsEnvironment.at(environment, () -> "t"));
  }
}
