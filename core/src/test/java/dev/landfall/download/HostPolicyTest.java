package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPolicyTest {

  private static FetchException refusal(HostPolicy policy, String url) {
    return assertThrows(FetchException.class, () -> policy.check(URI.create(url)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/dmf/x",
        "https://blob.core.windows.net/dmf/x",
        "https://blob.core.windows.net.evil.example/dmf/x",
        "https://evilblob.core.windows.net/dmf/x",
        "http://a.blob.core.windows.net/dmf/x",
        "https://a.blob.core.windows.net:8443/dmf/x",
        "https://127.0.0.1/dmf/x",
        "https://[::1]/dmf/x",
        "https://169.254.169.254/metadata"
      })
  void aHostThatIsNotListedOrNotSpokenToByHttpsIsRefused(String url) {
    FetchException refused = refusal(HostPolicy.azureStorage(), url);
    assertEquals(Reason.HOST_NOT_ALLOWED, refused.reason());
    assertFalse(refused.retryable());
  }

  @Test
  void theMessageNamesTheHostTheListAndTheWayOut() {
    String message =
        refusal(HostPolicy.azureStorage(), "https://evil.example/x?sig=s").getMessage();
    assertTrue(message.contains("evil.example"), message);
    assertTrue(message.contains("*.blob.core.windows.net"), message);
    assertTrue(message.contains("HostPolicy.allow"), message);
    assertFalse(message.contains("sig"), message);
  }

  @Test
  void anAllowedNameThatResolvesToThisMachineIsRefused() {
    // Every machine resolves names below localhost to itself (RFC 6761), or not at all.
    FetchException refused =
        refusal(HostPolicy.nothing().allow("files.localhost"), "https://files.localhost/x");
    assertTrue(
        refused.reason() == Reason.HOST_NOT_ALLOWED || refused.reason() == Reason.FILE_UNAVAILABLE,
        refused.getMessage());
  }

  @Test
  void aTrustedOriginIsAllowedAsItIsAndNoOther() {
    var policy = HostPolicy.nothing().trust(URI.create("http://127.0.0.1:10000"));
    assertDoesNotThrow(() -> policy.check(URI.create("http://127.0.0.1:10000/dmf/x?sig=s")));
    refusal(policy, "http://127.0.0.1:10001/dmf/x");
    refusal(policy, "https://127.0.0.1:10000/dmf/x");
    refusal(policy, "http://localhost:10000/dmf/x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "*.com.", "https://a.b", "a b.c", "nodots"})
  void whatIsNoHostPatternIsRefused(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> HostPolicy.nothing().allow(pattern));
  }
}
