package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  @CsvSource({
    "http://Emulator, http://EMULATOR:80/x",
    "http://emulator:80, http://emulator/x",
    "HTTPS://emulator, https://emulator:443/x",
    "https://emulator:443/folder?query#f, HTTPS://emulator/x",
    "http://[::1]:10000, http://[::1]:10000/x"
  })
  void anOriginIsTheSameInAnyCaseAndWithItsUsualPort(String origin, String link) {
    var policy = HostPolicy.nothing().trust(URI.create(origin));
    assertDoesNotThrow(() -> policy.check(URI.create(link)));
    refusal(policy, "http://emulator:8080/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1",
        "//127.0.0.1:10000",
        "mailto:a@127.0.0.1",
        "http:/127.0.0.1",
        "http://some_host:10000",
        "http://user:secret@127.0.0.1:10000",
        "http://127.0.0.1:0",
        "http://127.0.0.1:65536"
      })
  void whatIsNoOriginCannotBeTrusted(String origin) {
    URI uri = URI.create(origin);
    var refused =
        assertThrows(IllegalArgumentException.class, () -> HostPolicy.nothing().trust(uri));
    assertFalse(refused.toString().contains("secret"), refused::toString);
  }

  /** No signed link is like these, but the policy does not rely on that. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "files.contoso.com",
        "//files.contoso.com/x",
        "ftp://files.contoso.com/x",
        "https:files.contoso.com",
        "https:///x",
        "file:///etc/passwd",
        "https://a_b.contoso.com/x",
        "https://files.contoso.com@contoso.com/x",
        "https://user@files.contoso.com/x",
        "https://b\u00fccher.contoso.com/x",
        "https://%66iles.contoso.com/x",
        "https://files.contoso.com:99999999999/x",
        ""
      })
  void anyUriThatIsNoLinkIsRefused(String uri) {
    FetchException refused = refusal(HostPolicy.nothing().allow("*.contoso.com"), uri);
    assertEquals(Reason.HOST_NOT_ALLOWED, refused.reason());
    assertFalse(refused.retryable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.com.",
        "https://a.b",
        "a b.c",
        "nodots",
        "files.contoso.com.",
        "*.*.com",
        "127.0.0.1",
        "20.60.1.1",
        "*.0.0.1",
        "0x7f.0x1",
        "[::1]",
        "*.com",
        "b\u00fccher.example"
      })
  void whatIsNoHostPatternIsRefused(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> HostPolicy.nothing().allow(pattern));
  }

  @Test
  void aNameMustBePublicAtAllItsAddresses() throws Exception {
    var policy = HostPolicy.nothing().allow("*.contoso.com").resolvedBy(TestNames::told);
    assertDoesNotThrow(() -> policy.check(URI.create("https://files.contoso.com/x")));
    assertEquals(
        List.of(TestNames.addresses(TestNames.PUBLIC)),
        policy.addressesOf("files.contoso.com", 443));
    FetchException refused = refusal(policy, "https://both.contoso.com/x");
    assertTrue(refused.getMessage().contains("10.0.0.1"), refused.getMessage());
    assertTrue(refused.getMessage().contains("(private)"), refused.getMessage());
    assertThrows(FetchException.class, () -> policy.addressesOf("both.contoso.com", 443));
  }

  @Test
  void aNameWithoutAnAddressMayHaveOneLater() {
    var policy = HostPolicy.nothing().allow("*.contoso.com").resolvedBy(TestNames::told);
    FetchException refused = refusal(policy, "https://nowhere.contoso.com/x");
    assertEquals(Reason.FILE_UNAVAILABLE, refused.reason());
    assertTrue(refused.retryable());
    assertThrows(UnknownHostException.class, () -> policy.addressesOf("nowhere.contoso.com", 443));
  }

  /** As one does whose owner wants to get past the check. */
  @Test
  void aNameThatChangesItsAddressIsJudgedByTheOneThatIsGivenOut() throws Exception {
    Iterator<InetAddress[]> answers = List.of(
            TestNames.addresses(TestNames.PUBLIC),
            TestNames.addresses("169.254.169.254"),
            TestNames.addresses("20.60.1.2", "::1"),
            TestNames.addresses("20.60.1.3", "20.60.1.4"))
        .iterator();
    var policy = HostPolicy.nothing().allow("files.contoso.com").resolvedBy(host -> answers.next());
    policy.check(URI.create("https://files.contoso.com/x"));
    assertThrows(FetchException.class, () -> policy.addressesOf("files.contoso.com", 443));
    assertThrows(FetchException.class, () -> policy.addressesOf("files.contoso.com", 443));
    assertEquals(
        List.of(TestNames.addresses("20.60.1.3", "20.60.1.4")),
        policy.addressesOf("files.contoso.com", 443));
    assertFalse(answers.hasNext());
  }

  @Test
  void onlyATrustedOriginGivesOutAPrivateAddress() throws Exception {
    var policy = HostPolicy.nothing()
        .allow("*.corp.example")
        .trust(URI.create("https://10-0-0-7.corp.example"))
        .trust(URI.create("http://[::1]:10000"))
        .resolvedBy(TestNames::told);
    assertEquals(
        List.of(TestNames.addresses("10.0.0.7")), policy.addressesOf("10-0-0-7.Corp.example", 443));
    for (String host : List.of("::1", "[::1]")) {
      var known = policy.resolvedBy(InetAddress::getAllByName);
      assertEquals(List.of(TestNames.addresses("::1")), known.addressesOf(host, 10_000));
      assertThrows(FetchException.class, () -> known.addressesOf(host, 443));
    }
    assertThrows(FetchException.class, () -> policy.addressesOf("10-0-0-7.corp.example", 8443));
    assertThrows(FetchException.class, () -> policy.addressesOf("10-0-0-8.corp.example", 443));
  }
}
