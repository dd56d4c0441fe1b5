package dev.landfall.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.emulator.data.Entities;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedLinkTest {

  private final TestClock clock = new TestClock();
  private FinopsEmulator finops;
  private DataProject project;
  private Export export;

  @TempDir
  Path folder;

  @BeforeEach
  void export() throws Exception {
    Path file = Files.writeString(folder.resolve("groups.csv"), "A,B\r\n1,2\r\n");
    finops = FinopsEmulator.builder().clock(clock).start();
    project = DataProject.named("Nightly").file("Customer groups", file, 1);
    export = finops.exportOne(project);
  }

  @AfterEach
  void close() {
    finops.close();
  }

  @Test
  void aLinkIsSpelledAsFinopsSpellsIt() {
    String link = export.link().toString();
    assertTrue(
        link.matches("http://127\\.0\\.0\\.1:\\d+/dmf/Customer%20g%7B[0-9A-F]{32}%7D\\.csv"
            + "\\?sv=2014-02-14&sr=b&sig=[A-Za-z0-9%]+%3D&st=2030-01-01T00%3A05%3A00Z"
            + "&se=2030-01-01T01%3A10%3A00Z&sp=r"),
        link);
    assertTrue(export.blobName().matches("Customer g\\{[0-9A-F]{32}}\\.csv"), export.blobName());
    assertEquals(Instant.parse("2030-01-01T01:10:00Z"), export.linkExpiry());
  }

  @Test
  void aFreshLinkGivesTheBytes() throws Exception {
    HttpResponse<byte[]> response = Http.get(export.link());
    assertEquals(200, response.statusCode());
    assertArrayEquals("A,B\r\n1,2\r\n".getBytes(StandardCharsets.UTF_8), response.body());
  }

  @Test
  void twoExportsOfOneProjectHaveTwoFilesAndTwoLinks() {
    Export second = finops.exportOne(project);
    assertFalse(second.blobName().equals(export.blobName()));
    assertFalse(second.link().equals(export.link()));
    assertFalse(second.eventId().equals(export.eventId()));
  }

  @Test
  void aLinkDiesAtItsExpiryAndTheAnswerTellsTheTimes() throws Exception {
    clock.turn(Duration.between(TestClock.START, export.linkExpiry()).minusNanos(1));
    assertEquals(200, Http.get(export.link()).statusCode());
    clock.turn(Duration.ofNanos(1));
    HttpResponse<byte[]> response = Http.get(export.link());
    assertRefused(response);
    assertEquals("application/xml", Http.header(response, "Content-Type"));
    assertTrue(
        Http.text(response)
            .startsWith(
                "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>AuthenticationFailed</Code>"
                    + "<Message>Server failed to authenticate the request."),
        Http.text(response));
    assertTrue(
        Http.text(response)
            .contains("RequestId:"
                + Http.header(response, "x-ms-request-id")
                + "\nTime:2030-01-01T01:10:00.0000000Z</Message>"),
        Http.text(response));
    assertTrue(
        Http.text(response)
            .contains("<AuthenticationErrorDetail>Signature not valid in the specified time frame:"
                + " Start [Tue, 01 Jan 2030 00:05:00 GMT]"
                + " - Expiry [Tue, 01 Jan 2030 01:10:00 GMT]"
                + " - Current [Tue, 01 Jan 2030 01:10:00 GMT]</AuthenticationErrorDetail></Error>"),
        Http.text(response));
  }

  @Test
  void aLinkIsNotYetAliveBeforeItsStart() throws Exception {
    clock.turn(Duration.ofMinutes(-6));
    HttpResponse<byte[]> response = Http.get(export.link());
    assertRefused(response);
    assertTrue(Http.text(response).contains("not valid in the specified time frame"));
  }

  @Test
  void aNegativeLifetimeMakesALinkThatIsDeadOnArrival() throws Exception {
    Export dead = finops.exportOne(project.linkLifetime(Duration.ofMinutes(-20)));
    assertEquals(Instant.parse("2029-12-31T23:50:00Z"), dead.linkExpiry());
    HttpResponse<byte[]> response = Http.get(dead.link());
    assertRefused(response);
    assertTrue(
        Http.text(response).contains("Start [Mon, 31 Dec 2029 23:45:00 GMT]"), Http.text(response));
  }

  @ParameterizedTest
  @CsvSource({
    "&sp=r, &sp=rw",
    "T01%3A10%3A00Z, T23%3A10%3A00Z",
    "T00%3A05%3A00Z, T00%3A04%3A00Z",
    "sv=2014-02-14, sv=2015-04-05",
    "&sp=r, &sp=r&rscd=attachment",
    "&sp=r, &sp=r&si=policy",
    "Customer%20g, Customer%20h",
    "/dmf/, /other/"
  })
  void noSignedPartCanBeChanged(String part, String other) throws Exception {
    String changed = export.link().toString().replace(part, other);
    assertFalse(changed.equals(export.link().toString()), part);
    HttpResponse<byte[]> response = Http.get(URI.create(changed));
    assertRefused(response);
    assertTrue(
        Http.text(response)
            .contains(
                "<AuthenticationErrorDetail>Signature did not match. String to sign used was"),
        Http.text(response));
  }

  @Test
  void aLinkForOneFileDoesNotOpenAnother() throws Exception {
    Export other = finops.exportOne(project);
    String path = other.link().toString().replaceAll("\\?.*", "");
    String query = export.link().getRawQuery();
    assertRefused(Http.get(URI.create(path + "?" + query)));
  }

  @Test
  void aForgedOrCutSignatureIsRefused() throws Exception {
    String link = export.link().toString();
    String forged = link.replaceAll("sig=[^&]+", "sig=" + "A".repeat(43) + "%3D");
    assertRefused(Http.get(URI.create(forged)));
    assertRefused(Http.get(URI.create(link.replaceAll("sig=((?:%..|[^&%]){10})[^&]+", "sig=$1"))));
    assertRefused(Http.get(URI.create(link.replaceAll("&sig=[^&]+", ""))));
    assertRefused(Http.get(URI.create(link + "&sp=r")));
  }

  @Test
  void aLinkCutInTheMiddleOfItsQueryIsRefused() throws Exception {
    String link = export.link().toString();
    for (int end = link.indexOf('?') + 4; end < link.length(); end += 7) {
      if (!link.substring(end - 2, end).contains("%")) {
        assertRefused(Http.get(URI.create(link.substring(0, end))));
      }
    }
  }

  @Test
  void aRequestWithoutSignatureIsUnauthorized() throws Exception {
    HttpResponse<byte[]> response =
        Http.get(URI.create(export.link().toString().replaceAll("\\?.*", "")));
    assertEquals(401, response.statusCode());
    assertEquals("NoAuthenticationInformation", Http.header(response, "x-ms-error-code"));
  }

  @Test
  void aTokenBesideTheSignatureIsABadRequest() throws Exception {
    HttpResponse<byte[]> response = Http.get(export.link(), "Authorization", "Bearer token");
    assertEquals(400, response.statusCode());
    assertEquals("InvalidAuthenticationInfo", Http.header(response, "x-ms-error-code"));
  }

  @Test
  void anotherEmulatorHasAnotherKey() throws Exception {
    try (FinopsEmulator second = FinopsEmulator.builder().clock(clock).start()) {
      assertRefused(Http.get(URI.create(
          second.address() + export.link().getRawPath() + "?" + export.link().getRawQuery())));
    }
  }

  @Test
  void aDownloadThatOutlivesItsLinkGoesOnToItsEnd() throws Exception {
    Export large =
        finops.exportOne(DataProject.named("Large").entity(Entities.vendorInvoices(), 100_000));
    try (var body = Http.stream(large.link()).body()) {
      byte[] first = body.readNBytes(1000);
      clock.turn(Duration.ofHours(2));
      assertEquals(large.length() - first.length, body.readAllBytes().length);
    }
    assertRefused(Http.get(large.link(), "Range", "bytes=1000-"));
  }

  private static void assertRefused(HttpResponse<byte[]> response) {
    assertEquals(403, response.statusCode());
    assertEquals("AuthenticationFailed", Http.header(response, "x-ms-error-code"));
  }
}
