package dev.landfall.transport.finops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Payload;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.spi.FileLocator;
import dev.landfall.testkit.FileLocatorContract;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DequeuedFileLocatorTest extends FileLocatorContract {

  private static final String HOST = "contoso.operations.dynamics.com";
  private static final String DOWNLOAD = "/api/connector/download/";

  @Override
  protected FileLocator newLocator() {
    return DequeuedFileLocator.of(
        FinopsEnvironment.at(URI.create("https://" + HOST), () -> "a-token"));
  }

  @Override
  protected BusinessEvent announcing(int number) {
    return event(Map.of("DownloadLocation", "http://" + HOST + ":80" + path(number)));
  }

  /** Of one recurring export for each number, which is what a path without its query tells. */
  private static String path(int number) {
    return DOWNLOAD + "%7B0f5e0000-0000-0000-0000-00000000000" + number + "%7D?blob=" + number;
  }

  @Override
  protected BusinessEvent announcingNothing() {
    return event(Map.of("Other", "x"));
  }

  private static BusinessEvent event(Map<String, String> more) {
    Map<String, String> members = new HashMap<>(more);
    members.put("EventId", "e-1");
    members.put("EventTimeIso8601", "2030-01-01T00:00:00Z");
    return BusinessEvent.of(Payload.of(members));
  }

  private FetchException refusalOf(Map<String, String> members) {
    FetchException refused =
        assertThrows(FetchException.class, () -> newLocator().locate(event(members)));
    assertFalse(refused.retryable());
    return refused;
  }

  @Test
  void theFileLiesInTheEnvironmentWhateverSchemeAndPortFinopsTells() {
    FileReference file = newLocator().locate(announcing(7));
    assertEquals("https://" + HOST + path(7), file.url());
    assertEquals("a-token", file.token().orElseThrow().get());
  }

  @Test
  void theFileIsCalledAsTheSourceSays() {
    FileReference file = newLocator()
        .locate(event(
            Map.of("DownloadLocation", "http://" + HOST + path(1), "FileName", "Customers.csv")));
    assertEquals("Customers.csv", file.name());
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example/api/connector/download/1, HOST_NOT_ALLOWED",
    "https://contoso.operations.dynamics.com.evil.example/api/connector/download/1, HOST_NOT_ALLOWED",
    "https://user@contoso.operations.dynamics.com/api/connector/download/1, HOST_NOT_ALLOWED",
    "https://contoso.operations.dynamics.com/api/connector/dequeue/1, HOST_NOT_ALLOWED",
    "/api/connector/download/1, HOST_NOT_ALLOWED",
    "https://contoso.operations.dynamics.com/api/connector/download/{1}, LINK_MALFORMED",
  })
  void aTokenIsShownToNoOtherPlace(String location, Reason reason) {
    assertEquals(reason, refusalOf(Map.of("DownloadLocation", location)).reason());
  }

  @Test
  void whyThereIsNoFileIsToldInFinopsOwnWords() {
    FetchException refused = refusalOf(Map.of("FileDownLoadErrorMessage", "Upload failed"));
    assertEquals(Reason.EXPORT_FAILED, refused.reason());
    assertTrue(String.valueOf(refused.getMessage()).contains("Upload failed"));
  }
}
