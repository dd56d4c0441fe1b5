package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import dev.landfall.file.SignedLinks;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every answer that brings no file, as Azure's lists of error codes tell them. */
class RefusalTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:30:00Z");
  private static final Instant LATER = NOW.plusSeconds(600);

  @TempDir
  Path folder;

  private final FakeHost host = new FakeHost(new byte[0]);
  private Instant announced = NOW.minusSeconds(86_400);
  private Instant expiry = LATER;

  private FetchException refusal() {
    return refusal(
        FileReference.of(SignedLink.of(SignedLinks.at("http://127.0.0.1:9/dmf/f.csv", expiry)))
            .announcedAt(announced));
  }

  private FetchException refusal(FileReference reference) {
    try (var downloader = new HttpDownloader(
        FakeHost.policy(),
        Clock.fixed(NOW, ZoneOffset.UTC),
        (hosts, patience) -> host,
        DownloadLimits.usual())) {
      return assertThrows(
          FetchException.class,
          () -> downloader.fetch(reference, Part.at(folder.resolve("file")), (soFar, inAll) -> {}));
    }
  }

  private static String frame(String start, String end, String current) {
    return "<Error><AuthenticationErrorDetail>Signature not valid in the specified time frame: Start"
        + " [%s] - Expiry [%s] - Current [%s]</AuthenticationErrorDetail></Error>"
            .formatted(start, end, current);
  }

  @ParameterizedTest
  @CsvSource({
    "302, '',                               LINK_REFUSED,     false, redirect",
    "400, InvalidQueryParameterValue,       LINK_REFUSED,     false, InvalidQueryParameterValue",
    "401, NoAuthenticationInformation,      LINK_REFUSED,     false, no signature",
    "403, AuthenticationFailed,             LINK_REFUSED,     false, signature does not fit",
    "403, AuthorizationFailure,             LINK_REFUSED,     false, firewall",
    "403, AuthorizationPermissionMismatch,  LINK_REFUSED,     false, permit reading",
    "403, AuthorizationSourceIPMismatch,    LINK_REFUSED,     false, other addresses",
    "403, AuthorizationProtocolMismatch,    LINK_REFUSED,     false, https only",
    "403, '',                               LINK_REFUSED,     false, cut off",
    "403, AccountIsDisabled,                FILE_UNAVAILABLE, true,  disabled",
    "404, BlobNotFound,                     FILE_GONE,        false, 7 days",
    "404, ContainerNotFound,                FILE_GONE,        false, 7 days",
    "404, '',                               FILE_GONE,        false, 7 days",
    "409, PublicAccessNotPermitted,         LINK_REFUSED,     false, no signature",
    "410, '',                               FILE_GONE,        false, 7 days",
    "412, ConditionNotMet,                  LINK_REFUSED,     false, 412",
    "416, InvalidRange,                     LINK_REFUSED,     false, 416",
    "408, '',                               FILE_UNAVAILABLE, true,  408",
    "429, '',                               FILE_UNAVAILABLE, true,  429",
    "500, InternalError,                    FILE_UNAVAILABLE, true,  InternalError",
    "500, OperationTimedOut,                FILE_UNAVAILABLE, true,  OperationTimedOut",
    "503, ServerBusy,                       FILE_UNAVAILABLE, true,  ServerBusy",
  })
  void everyAnswerHasItsNameAndItsAdvice(
      int status, String code, Reason reason, boolean retryable, String told) {
    for (boolean inHeader : new boolean[] {true, false}) {
      Map<String, String> headers = new HashMap<>();
      if (inHeader && !code.isEmpty()) {
        headers.put("x-ms-error-code", code);
      }
      host.answers(
          status, headers, inHeader ? "" : "\uFEFF<Error><Code>" + code + "</Code></Error>");
      FetchException refused = refusal();
      assertEquals(reason, refused.reason());
      assertEquals(retryable, refused.retryable());
      assertTrue(refused.getMessage().contains(told), refused.getMessage());
      assertTrue(refused.getMessage().contains(code), refused.getMessage());
      assertFalse(refused.getMessage().contains("sig="), refused.getMessage());
    }
  }

  @Test
  void aRefusalWithoutDetailIsAnExpiryIfTheLinkIsOverByItsOwnTelling() {
    expiry = NOW;
    host.answers(403, Map.of("x-ms-error-code", "AuthorizationFailure"), "");
    FetchException refused = refusal();
    assertEquals(Reason.LINK_EXPIRED, refused.reason());
    assertFalse(refused.retryable());
  }

  @Test
  void theHostsClockDecidesWhetherALinkIsOver() {
    host.answers(
        403,
        Map.of("x-ms-error-code", "AuthenticationFailed"),
        frame(
            "Mon, 31 Dec 2029 23:25:00 GMT",
            "Tue, 01 Jan 2030 00:40:00 GMT",
            "Tue, 01 Jan 2030 00:40:01 GMT"));
    FetchException refused = refusal();
    assertEquals(Reason.LINK_EXPIRED, refused.reason());
    assertTrue(refused.getMessage().contains("2030-01-01T00:40:00Z"), refused.getMessage());
  }

  @Test
  void aLinkThatIsNotAliveYetIsTriedWhenItIs() {
    host.answers(
        403,
        Map.of("x-ms-error-code", "AuthenticationFailed"),
        frame(
            "Tue, 01 Jan 2030 00:31:30 GMT",
            "Tue, 01 Jan 2030 01:31:30 GMT",
            "Tue, 01 Jan 2030 00:30:30 GMT"));
    FetchException early = refusal();
    assertEquals(Reason.FILE_UNAVAILABLE, early.reason());
    assertTrue(early.retryable());
    assertEquals(Duration.ofMinutes(1), early.retryAfter());
  }

  @Test
  void aRefusalWithoutDetailIsAnEarlyOneIfTheLinkBeginsLater() {
    FileReference early =
        FileReference.of(SignedLink.of("http://127.0.0.1:9/f.csv?sp=r&sv=2018-03-28&sr=b&sig="
            + "A".repeat(43) + "%3D&se=2030-01-01T01:00:00Z&st=2030-01-01T00:40:00Z"));
    host.answers(403, Map.of("x-ms-error-code", "AuthorizationFailure"), "");
    FetchException refused = refusal(early);
    assertTrue(refused.retryable());
    assertEquals(Duration.ofMinutes(10), refused.retryAfter());
  }

  @Test
  void aFileThatIsNotThereRightAfterItsEventMayStillAppear() {
    announced = NOW.minusSeconds(119);
    host.answers(404, Map.of("x-ms-error-code", "BlobNotFound"), "");
    FetchException early = refusal();
    assertEquals(Reason.FILE_GONE, early.reason());
    assertTrue(early.retryable());
    for (Instant other : new Instant[] {NOW.minusSeconds(120), NOW.plusSeconds(300)}) {
      announced = other;
      host.answers(404, Map.of("x-ms-error-code", "BlobNotFound"), "");
      assertFalse(refusal().retryable());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "503, '',  3", "503, 1,   3", "503, 20,  20", "503, 900, 300",
    "429, '',  3", "500, '',  0", "500, 7,   7", "408, '',  0",
  })
  void aBusyHostIsLeftAloneForAWhile(int status, String retryAfter, int seconds) {
    host.answers(status, retryAfter.isEmpty() ? Map.of() : Map.of("Retry-After", retryAfter), "");
    assertEquals(Duration.ofSeconds(seconds), refusal().retryAfter());
  }

  @Test
  void aCodeThatIsNoneIsNotShown() {
    host.answers(403, Map.of("x-ms-error-code", "<script>?sig=abc"), "<Code>a b</Code>");
    assertFalse(refusal().getMessage().contains("sig"), "foreign text stays outside");
  }
}
