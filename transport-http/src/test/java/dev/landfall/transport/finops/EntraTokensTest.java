package dev.landfall.transport.finops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.transport.finops.EntraAuthority.Answer;
import dev.landfall.transport.finops.EntraAuthority.Call;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that a server in this process gives out. */
@Timeout(60)
class EntraTokensTest {

  static final String APPLICATION = "11111111-2222-3333-4444-555555555555";
  static final String SECRET = "a-secret~&=+ %of.the/application";
  static final URI ENVIRONMENT = URI.create("https://contoso.operations.dynamics.com");

  private static final char[] PASSWORD = EntraAuthority.PASSWORD.toCharArray();

  @TempDir
  private static Path folder;

  private static Path keyStore;

  private final EntraClock clock = new EntraClock();
  private EntraAuthority entra;

  @BeforeAll
  static void makeKeys() throws Exception {
    keyStore = EntraAuthority.keyStore(folder.resolve("entra.p12"), "RSA", 2048);
  }

  @BeforeEach
  void start() throws Exception {
    entra = new EntraAuthority(keyStore);
  }

  @AfterEach
  void stop() {
    entra.close();
  }

  private EntraTokensBuilder builder() throws Exception {
    return EntraTokens.of("Contoso.onmicrosoft.com", APPLICATION)
        .authority(entra.address())
        .trusting(entra.trust())
        .clock(clock);
  }

  private EntraTokens tokens() throws Exception {
    return builder().secret(SECRET).forEnvironment(ENVIRONMENT);
  }

  private FetchException failure() throws Exception {
    EntraTokens tokens = tokens();
    return assertThrows(FetchException.class, tokens::get);
  }

  @Test
  void aSecretIsChangedForAToken() throws Exception {
    assertEquals("token-1", tokens().get());
    Call call = entra.calls().remove();
    assertEquals("POST /contoso.onmicrosoft.com/oauth2/v2.0/token", call.line());
    assertEquals("client_credentials", call.form().get("grant_type"));
    assertEquals(APPLICATION, call.form().get("client_id"));
    assertEquals(SECRET, call.form().get("client_secret"));
    assertEquals(ENVIRONMENT + "/.default", scope(call));
    assertTrue(entra.calls().isEmpty(), "More was asked than was needed: " + entra.calls());
  }

  /** MSAL asks for its usual scopes besides. */
  private static String scope(Call call) {
    return List.of(String.valueOf(call.form().get("scope")).split(" ")).stream()
        .filter(scope -> scope.contains("://"))
        .reduce((one, other) -> one + " " + other)
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://contoso.operations.dynamics.com/",
        "https://Contoso.operations.dynamics.com:443/data//?x=y#z",
        "HTTPS://contoso.operations.dynamics.com//"
      })
  void theScopeIsThatOfTheEnvironmentsHost(String environment) throws Exception {
    builder().secret(SECRET).forEnvironment(URI.create(environment)).get();
    assertEquals(ENVIRONMENT + "/.default", scope(entra.calls().remove()));
  }

  @Test
  void aCertificateSignsForItsTokenAndItsKeyGoesNowhere() throws Exception {
    KeyStore store = KeyStore.getInstance(keyStore.toFile(), PASSWORD);
    X509Certificate certificate = (X509Certificate) store.getCertificate("one");
    PrivateKey key = (PrivateKey) store.getKey("one", PASSWORD);
    assertEquals(
        "token-1",
        builder().certificate(keyStore, "changeit").forEnvironment(ENVIRONMENT).get());
    assertEquals(
        "token-2",
        builder().certificate(key, certificate).forEnvironment(ENVIRONMENT).get());
    for (Call call : entra.calls()) {
      assertFalse(call.form().containsKey("client_secret"));
      assertEquals(
          "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
          call.form().get("client_assertion_type"));
      SignedJWT assertion = SignedJWT.parse(call.form().get("client_assertion"));
      assertTrue(
          assertion.verify(new RSASSAVerifier((RSAPublicKey) certificate.getPublicKey())),
          "The signature is another's.");
      assertEquals(JOSEObjectType.JWT, assertion.getHeader().getType());
      assertArrayEquals(
          MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()),
          // MSAL writes it in plain Base64, which Entra takes.
          Base64.getDecoder()
              .decode(String.valueOf(assertion.getHeader().toJSONObject().get("x5t#S256"))));
      assertEquals(
          List.of(entra.address() + "/contoso.onmicrosoft.com/oauth2/v2.0/token"),
          assertion.getJWTClaimsSet().getAudience());
      assertEquals(APPLICATION, assertion.getJWTClaimsSet().getIssuer());
      assertEquals(APPLICATION, assertion.getJWTClaimsSet().getSubject());
    }
  }

  @Test
  void aTokenIsKeptUntilFiveMinutesBeforeItsEnd() throws Exception {
    EntraTokens tokens = tokens();
    assertEquals("token-1", tokens.get());
    clock.turn(Duration.ofMinutes(55).minusSeconds(1));
    assertEquals("token-1", tokens.get());
    assertEquals(1, entra.calls().size());
    clock.turn(Duration.ofSeconds(1));
    assertEquals("token-2", tokens.get());
    assertEquals("token-2", tokens.get());
    assertEquals(2, entra.calls().size());
  }

  @Test
  void aTokenOfAShortLifeIsUsedForHalfOfIt() throws Exception {
    entra.answers(call -> Answer.token("token-" + entra.calls().size(), 60));
    EntraTokens tokens = tokens();
    assertEquals("token-1", tokens.get());
    clock.turn(Duration.ofSeconds(29));
    assertEquals("token-1", tokens.get());
    clock.turn(Duration.ofSeconds(1));
    assertEquals("token-2", tokens.get());
  }

  @Test
  void aTokenAtHandServesOverAFailureToTheEnd() throws Exception {
    EntraTokens tokens = tokens();
    tokens.get();
    entra.answers(Answer.refusal(503, "90033", "A transient error."));
    clock.turn(Duration.ofMinutes(56));
    assertEquals("token-1", tokens.get());
    assertEquals("token-1", tokens.get());
    assertEquals(2, entra.calls().size());
    clock.turn(Duration.ofMinutes(3));
    FetchException failed = assertThrows(FetchException.class, tokens::get);
    assertTrue(failed.retryable());
    assertEquals(3, entra.calls().size());
  }

  @ParameterizedTest
  @CsvSource({
    "7000215, 401, value, not its id",
    "7000222, 401, has expired",
    "700016, 400, does not know the application",
    "90002, 400, no such tenant",
    "70011, 400, scope",
    "500011, 400, does not know the environment",
    "700027, 401, certificate"
  })
  void whatAPersonHasToMendIsToldWithTheWayOut(String code, int status, String advice)
      throws Exception {
    entra.answers(Answer.refusal(status, code, "Invalid."));
    EntraTokens tokens = tokens();
    FetchException failed = assertThrows(FetchException.class, tokens::get);
    assertEquals(Reason.FILE_UNAVAILABLE, failed.reason());
    assertFalse(failed.retryable());
    assertTrue(failed.getMessage().contains("AADSTS" + code), failed.getMessage());
    assertTrue(failed.getMessage().contains(advice), failed.getMessage());
    assertTrue(failed.getMessage().contains(APPLICATION), failed.getMessage());
    assertThrows(FetchException.class, tokens::get);
    assertEquals(1, entra.calls().size(), "Entra locks out who asks too often.");
    clock.turn(Duration.ofSeconds(5));
    entra.answers(Answer.token("mended", 3600));
    assertEquals("mended", tokens.get());
  }

  @ParameterizedTest
  @CsvSource({
    "500, 7000215, status 500",
    "503, 90033, status 503",
    "429, 90055, status 429",
    "400, 123456, https://login.microsoftonline.com/error?code=123456",
    "403, 53003, AADSTS53003"
  })
  void whatMayHealIsTriedAgain(int status, String code, String told) throws Exception {
    entra.answers(Answer.refusal(status, code, "Invalid."));
    FetchException failed = failure();
    assertTrue(failed.retryable());
    assertTrue(failed.getMessage().contains(told), failed.getMessage());
    assertEquals(Duration.ZERO, failed.retryAfter());
  }

  @Test
  void entraIsLeftAloneForAsLongAsItAsks() throws Exception {
    entra.answers(new Answer(429, Map.of("Retry-After", "17"), ""));
    EntraTokens tokens = tokens();
    assertEquals(
        Duration.ofSeconds(17), assertThrows(FetchException.class, tokens::get).retryAfter());
    clock.turn(Duration.ofSeconds(16));
    assertEquals(
        Duration.ofSeconds(1), assertThrows(FetchException.class, tokens::get).retryAfter());
    assertEquals(1, entra.calls().size());
    clock.turn(Duration.ofSeconds(1));
    entra.answers(Answer.token("later", 3600));
    assertEquals("later", tokens.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "", "9999999999", "Tue, 01 Jan 2030 12:00:00 GMT"})
  void whatIsNoTimeToWaitIsNone(String seconds) throws Exception {
    entra.answers(new Answer(503, Map.of("Retry-After", seconds), ""));
    assertEquals(Duration.ZERO, failure().retryAfter());
  }

  @Test
  void aVeryLongWaitIsCutToTenMinutes() throws Exception {
    entra.answers(new Answer(503, Map.of("Retry-After", "86400"), ""));
    assertEquals(Duration.ofMinutes(10), failure().retryAfter());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "<html>",
        "{\"token_type\":\"Bearer\",\"expires_in\":3600}",
        "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"\"}",
        "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"a\\nb\"}",
        "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"\u00e4\"}",
        "{\"token_type\":\"Bearer\",\"expires_in\":0,\"access_token\":\"a\"}",
        "{\"token_type\":\"Bearer\",\"expires_in\":99999999999,\"access_token\":\"a\"}",
        "{\"token_type\":\"Bearer\",\"access_token\":\"a\"}",
        "{\"token_type\":\"pop\",\"expires_in\":3600,\"access_token\":\"a\"}"
      })
  void anAnswerThatIsNoTokenIsTriedAgain(String body) throws Exception {
    entra.answers(new Answer(200, Map.of(), body));
    assertTrue(failure().retryable());
  }

  @Test
  void aConnectionThatBreaksIsTriedAgain() throws Exception {
    entra.answers(call -> Answer.BROKEN);
    assertTrue(failure().retryable());
  }

  @Test
  void anAuthorityThatCannotBeReachedIsTriedAgain() throws Exception {
    EntraTokens tokens = tokens();
    entra.close();
    assertTrue(assertThrows(FetchException.class, tokens::get).retryable());
  }

  @Test
  void anAuthorityThatIsSilentIsGivenUp() throws Exception {
    entra.answers(call -> {
      new CountDownLatch(1).await();
      return Answer.BROKEN;
    });
    EntraTokens tokens =
        builder().secret(SECRET).answerWithin(Duration.ofMillis(200)).forEnvironment(ENVIRONMENT);
    assertTrue(assertThrows(FetchException.class, tokens::get).retryable());
  }

  @Test
  void anAuthorityWithAnothersCertificateLearnsNothing() throws Exception {
    EntraTokens tokens = EntraTokens.of("contoso.onmicrosoft.com", APPLICATION)
        .authority(entra.address())
        .secret(SECRET)
        .forEnvironment(ENVIRONMENT);
    assertTrue(assertThrows(FetchException.class, tokens::get).retryable());
    assertTrue(entra.calls().isEmpty(), "It was asked.");
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    entra.answers(new Answer(307, Map.of("Location", entra.address() + "/elsewhere"), "moved"));
    FetchException failed = failure();
    assertTrue(failed.getMessage().contains("redirect"), failed.getMessage());
    assertEquals(1, entra.calls().size());
  }

  @Test
  void anInterruptedThreadStopsAskingAndSpoilsNothing() throws Exception {
    EntraTokens tokens = tokens();
    FutureTask<String> asking = new FutureTask<>(() -> {
      Thread.currentThread().interrupt();
      return tokens.get();
    });
    new Thread(asking).start();
    ExecutionException told = assertThrows(ExecutionException.class, asking::get);
    assertTrue(
        told.getCause() instanceof FetchException failed && failed.retryable(), told.toString());
    assertTrue(tokens.get().startsWith("token-"), "The interruption of one was that of all.");
  }
}
