package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Links that a real Azurite takes or refuses.
 *
 * <p>What Azurite 3.35.0 answers, and what Azure does by its documentation:
 *
 * <ul>
 *   <li>A link that is over, not alive yet, signed by another key or for another file, or without a
 *       signature: 403 AuthorizationFailure with one text for all of them. Azure answers 403
 *       AuthenticationFailed and says in AuthenticationErrorDetail whether it is the time or the
 *       signature; without a signature 401 NoAuthenticationInformation, or 404 ResourceNotFound.
 *   <li>A link that does not permit reading: 403 AuthorizationPermissionMismatch, as Azure.
 *   <li>A link for https alone: 403 AuthorizationProtocolMismatch, as Azure.
 *   <li>No such file: 404 BlobNotFound; no such container: 404 ContainerNotFound, as Azure.
 * </ul>
 *
 * <p>A link of version 2014-02-14, as F&amp;O made them in 2019, is signed over other text in Azure
 * than in Azurite, which refuses it.
 */
@EnabledIf(value = AzuriteCase.IS_INSTALLED, disabledReason = AzuriteCase.HOW_TO_INSTALL)
class AzuriteRefusalTest extends AzuriteCase {

  private static final String BLOB = "dmf/Customer g{0123456789abcdef0123456789abcdef}.csv";

  private final byte[] content = random(1000, 5);

  @BeforeEach
  void upload() throws Exception {
    azurite().put(BLOB, content);
  }

  private Instant in(int minutes) {
    return now.plus(Duration.ofMinutes(minutes));
  }

  private Sas link() {
    return azurite().link(BLOB).expiring(in(65));
  }

  private void refused(String url, Reason reason, int status, String code, String explanation) {
    refused(reference(url), reason, status, code, explanation);
  }

  /** Refused for good, by the storage and not before it was asked. */
  private void refused(
      FileReference reference, Reason reason, int status, String code, String explanation) {
    FetchException refused = refusal(reference, nothing());
    assertEquals(reason, refused.reason(), refused.getMessage());
    assertFalse(refused.retryable(), refused.getMessage());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(explanation), message);
    assertEquals(List.of(status), reader().statuses());
    assertEquals(code, reader().exchanges().get(0).code());
  }

  @Test
  void everyKindOfSignatureOpensTheFile() throws Exception {
    lands(content, link().url(), nothing());
    lands(content, link().starting(in(-5)).with("spr", "https,http").url(), nothing());
    lands(content, link().with("sr", "c").url(), nothing());
    lands(content, link().with("sp", "racwd").url(), nothing());
    lands(content, azurite().accountLink(BLOB).expiring(in(65)).url(), nothing());
  }

  @Test
  void aLinkThatIsLongDeadIsNotEvenAsked() {
    FetchException refused = refusal(reference(link().expiring(in(-6)).url()), nothing());
    assertEquals(Reason.LINK_EXPIRED, refused.reason());
    assertFalse(refused.retryable());
    assertEquals(List.of(), reader().statuses());
  }

  @Test
  void aLinkThatHasJustDiedIsToldByItsOwnExpiry() {
    String dead = link().expiring(in(-1)).url();
    refused(dead, Reason.LINK_EXPIRED, 403, "AuthorizationFailure", "The link died at");
  }

  @Test
  void aLinkOfAnAccountThatHasJustDiedIsToldByItsOwnExpiry() {
    String dead = azurite().accountLink(BLOB).expiring(in(-1)).url();
    refused(dead, Reason.LINK_EXPIRED, 403, "AuthorizationFailure", "The link died at");
  }

  @Test
  void aLinkThatIsDeadOnlyByAClockThatIsFastIsFetched() throws Exception {
    offset(Duration.ofMinutes(5));
    lands(content, link().expiring(in(1)).url(), nothing());
  }

  @Test
  void aLinkThatIsAliveOnlyByAClockThatIsSlowIsRefusedByName() {
    offset(Duration.ofMinutes(-5));
    String dead = link().expiring(in(-1)).url();
    refused(dead, Reason.LINK_REFUSED, 403, "AuthorizationFailure", "the link was changed");
  }

  @Test
  void aLinkThatIsNotAliveYetIsToldByItsOwnStart() {
    FetchException refused = refusal(reference(link().starting(in(10)).url()), nothing());
    assertEquals(Reason.FILE_UNAVAILABLE, refused.reason());
    assertTrue(refused.retryable());
    assertTrue(refused.retryAfter().compareTo(Duration.ofMinutes(9)) > 0);
    assertEquals(List.of(403), reader().statuses());
    assertEquals("AuthorizationFailure", reader().exchanges().get(0).code());
  }

  @Test
  void aLinkThatWasSignedByAnotherKeyIsRefused() {
    String wrong = link().signedBy("YW5vdGhlciBrZXk=").url();
    refused(wrong, Reason.LINK_REFUSED, 403, "AuthorizationFailure", "the link was changed");
  }

  @Test
  void aLinkOfAnotherFileIsRefused() throws Exception {
    azurite().put("dmf/another.csv", content);
    String query = link().url().replaceFirst("[^?]*", "");
    String url = azurite().address("dmf/another.csv") + query;
    refused(url, Reason.LINK_REFUSED, 403, "AuthorizationFailure", "the link was changed");
  }

  @Test
  void aLinkThatLostItsQueryIsRefused() {
    String bare = azurite().address(BLOB);
    refused(bare, Reason.LINK_REFUSED, 403, "AuthorizationFailure", "the link was changed");
  }

  @Test
  void aLinkThatDoesNotPermitReadingIsRefused() {
    String writing = link().with("sp", "w").url();
    refused(
        writing,
        Reason.LINK_REFUSED,
        403,
        "AuthorizationPermissionMismatch",
        "does not permit reading");
  }

  @Test
  void aLinkForHttpsAloneIsRefusedOverHttp() {
    String secure = link().with("spr", "https").url();
    refused(secure, Reason.LINK_REFUSED, 403, "AuthorizationProtocolMismatch", "over https only");
  }

  @Test
  void aFileThatIsGoneIsGoneForGood() throws Exception {
    azurite().delete(BLOB);
    refused(link().url(), Reason.FILE_GONE, 404, "BlobNotFound", "after 7 days");
  }

  @Test
  void aFileThatWasAnnouncedSomeTimeAgoIsGoneForGood() throws Exception {
    azurite().delete(BLOB);
    FileReference announced = reference(link().url()).announcedAt(in(-3));
    refused(announced, Reason.FILE_GONE, 404, "BlobNotFound", "after 7 days");
  }

  @Test
  void aFileThatWasAnnouncedJustNowMayAppear() throws Exception {
    azurite().delete(BLOB);
    FileReference announced = reference(link().url()).announcedAt(now);
    FetchException missing = refusal(announced, nothing());
    assertEquals(Reason.FILE_GONE, missing.reason());
    assertTrue(missing.retryable());
    azurite().put(BLOB, content);
    lands(content, link().url(), nothing());
  }

  @Test
  void aContainerThatIsNotThereIsAFileThatIsGone() {
    String nowhere = azurite().link("nowhere/file.csv").expiring(in(65)).url();
    refused(nowhere, Reason.FILE_GONE, 404, "ContainerNotFound", "after 7 days");
  }
}
