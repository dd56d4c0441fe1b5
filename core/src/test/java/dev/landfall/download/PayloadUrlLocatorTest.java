package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Payload;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileFormat;
import dev.landfall.file.SignedLinks;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadUrlLocatorTest {

  private static final String ADDRESS =
      "https://d365fo0a1b2c3d4e5f.blob.core.windows.net/dmf/Customer%20g%7B0123%7D.csv";
  private static final Instant EXPIRY = Instant.parse("2030-01-01T01:05:00Z");
  private static final String LINK = SignedLinks.at(ADDRESS, EXPIRY);

  private final PayloadUrlLocator locator = PayloadUrlLocator.field("DownloadURL");

  private static BusinessEvent with(Map<String, Object> member) {
    Map<String, Object> members = new HashMap<>(member);
    members.put("EventId", "e-1");
    members.put("EventTime", "/Date(1893456300000)/");
    return BusinessEvent.of(Payload.of(members));
  }

  private FetchException refusal(Map<String, Object> member) {
    return assertThrows(FetchException.class, () -> locator.locate(with(member)));
  }

  @Test
  void aSignedLinkIsKeptByteForByteAndItsFactsAreRead() {
    var reference = locator.locate(with(Map.of("DownloadURL", LINK)));
    assertEquals(LINK, reference.url());
    assertEquals("Customer g{0123}.csv", reference.name());
    assertEquals(FileFormat.CSV, reference.format());
    assertEquals(Optional.of(EXPIRY), reference.expiresAt());
    assertEquals(Optional.of(EXPIRY), locator.expiry(with(Map.of("DownloadURL", LINK))));
  }

  @Test
  void aLinkWithBracesAndBlanksIsTakenAsItIs() {
    var reference = locator.locate(with(Map.of("DownloadURL", "https://h/dmf/Customer g{01}.csv")));
    assertEquals("Customer g{01}.csv", reference.name());
    assertEquals(Optional.empty(), reference.expiresAt());
  }

  @ParameterizedTest
  @CsvSource({"2030-01-01, 2030-01-01T00:00:00Z", "2030-01-01T10%3A00Z, 2030-01-01T10:00:00Z"})
  void everyFormOfExpiryIsRead(String text, Instant expected) {
    assertEquals(
        Optional.of(expected),
        locator.expiry(with(Map.of("DownloadURL", "https://h/f?se=" + text))));
  }

  @Test
  void anEmptyLinkAndNoLinkAreToldApart() {
    FetchException empty = refusal(Map.of("DownloadURL", " "));
    assertEquals(Reason.LINK_MISSING, empty.reason());
    assertFalse(empty.retryable());
    assertTrue(empty.getMessage().contains("DownloadURL, which is empty here"), empty.getMessage());
    assertTrue(refusal(Map.of()).getMessage().contains("which is not there here"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not a url",
        "/dmf/file.csv?sig=secret",
        "ftp://host/file?sig=secret",
        "https:///file?sig=secret",
        "https://user:secret@host/file",
        "https://host/%zz?sig=secret",
        "file:///etc/passwd"
      })
  void whatIsNoHttpLinkIsMalformedAndNotPrinted(String url) {
    FetchException refused = refusal(Map.of("DownloadURL", url));
    assertEquals(Reason.LINK_MALFORMED, refused.reason());
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
  }

  @Test
  void aLinkThatWasCutOffHasANameOfItsOwn() {
    FetchException refused =
        refusal(Map.of("DownloadURL", LINK.substring(0, LINK.indexOf("A%3D"))));
    assertEquals(Reason.LINK_TRUNCATED, refused.reason());
    assertFalse(refused.retryable());
    assertTrue(refused.getMessage().contains("SharedServiceUnitURL"), refused.getMessage());
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
  }

  @Test
  void aReferencePrintsWithoutItsQuery() {
    String printed = locator.locate(with(Map.of("DownloadURL", LINK))).toString();
    assertEquals(ADDRESS + "?...", printed);
  }
}
