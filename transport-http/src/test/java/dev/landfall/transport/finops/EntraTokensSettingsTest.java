package dev.landfall.transport.finops;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before Entra is asked for anything. */
@Timeout(60)
class EntraTokensSettingsTest {

  private static final String APPLICATION = EntraTokensTest.APPLICATION;
  private static final String SECRET = EntraTokensTest.SECRET;
  private static final URI ENVIRONMENT = EntraTokensTest.ENVIRONMENT;
  private static final char[] PASSWORD = EntraAuthority.PASSWORD.toCharArray();

  @ParameterizedTest
  @ValueSource(strings = {"", "common", "a b.com", "x/y.com", "https://contoso.com", "-a.com"})
  void aTenantIsAGuidOrADomain(String tenant) {
    assertThrows(IllegalArgumentException.class, () -> EntraTokens.of(tenant, APPLICATION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "landfall", "11111111-2222-3333-4444-55555555555"})
  void anApplicationIsAGuid(String application) {
    assertThrows(IllegalArgumentException.class, () -> EntraTokens.of("a.com", application));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://login.microsoftonline.com",
        "https://login.microsoftonline.com/tenant",
        "https://user@login.microsoftonline.com",
        "https://login.microsoftonline.com?x",
        "https://login.microsoftonline.com#x",
        "login.microsoftonline.com",
        "https:///x"
      })
  void anAuthorityIsAnAddressOverTls(String authority) {
    EntraTokensBuilder builder = EntraTokens.of("a.com", APPLICATION);
    URI address = URI.create(authority);
    assertThrows(IllegalArgumentException.class, () -> builder.authority(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://contoso.operations.dynamics.com",
        "ftp://contoso.com",
        "contoso.com",
        "https:///x",
        "https://user@contoso.com",
        "http://localhost"
      })
  void anEnvironmentIsAnAddressOverTls(String environment) {
    EntraTokensBuilder builder = EntraTokens.of("a.com", APPLICATION).secret(SECRET);
    URI address = URI.create(environment);
    assertThrows(IllegalArgumentException.class, () -> builder.forEnvironment(address));
  }

  @Test
  void oneCredentialIsGivenAndNotTwo() {
    EntraTokensBuilder builder = EntraTokens.of("a.com", APPLICATION);
    assertThrows(IllegalArgumentException.class, () -> builder.secret(" "));
    assertThrows(IllegalStateException.class, () -> builder.forEnvironment(ENVIRONMENT));
    builder.secret(SECRET);
    assertThrows(IllegalStateException.class, () -> builder.secret(SECRET));
  }

  @Test
  void aCertificateThatEntraCannotTakeIsRefusedAtOnce(@TempDir Path keys) throws Exception {
    Path none = keys.resolve("none.p12");
    Path text = Files.writeString(keys.resolve("text.p12"), "no store");
    Path elliptic = EntraAuthority.keyStore(keys.resolve("ec.p12"), "EC", 256);
    Path small = EntraAuthority.keyStore(keys.resolve("small.p12"), "RSA", 1024);
    for (Path file : List.of(none, text, elliptic, small)) {
      EntraTokensBuilder builder = EntraTokens.of("a.com", APPLICATION);
      assertThrows(IllegalArgumentException.class, () -> builder.certificate(file, "changeit"));
    }
    Path keyStore = EntraAuthority.keyStore(keys.resolve("entra.p12"), "RSA", 2048);
    EntraTokensBuilder builder = EntraTokens.of("a.com", APPLICATION);
    IllegalArgumentException wrong = assertThrows(
        IllegalArgumentException.class, () -> builder.certificate(keyStore, "wrong-password"));
    assertFalse(wrong.toString().contains("wrong-password"), wrong.toString());
  }

  @Test
  void aCertificateOfAnotherKeyIsRefusedAtOnce(@TempDir Path keys) throws Exception {
    Path one = EntraAuthority.keyStore(keys.resolve("one.p12"), "RSA", 2048);
    Path other = EntraAuthority.keyStore(keys.resolve("other.p12"), "RSA", 2048);
    PrivateKey key =
        (PrivateKey) KeyStore.getInstance(other.toFile(), PASSWORD).getKey("one", PASSWORD);
    X509Certificate certificate =
        (X509Certificate) KeyStore.getInstance(one.toFile(), PASSWORD).getCertificate("one");
    EntraTokensBuilder builder = EntraTokens.of("a.com", APPLICATION);
    assertThrows(IllegalArgumentException.class, () -> builder.certificate(key, certificate));
  }
}
