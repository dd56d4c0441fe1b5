package dev.landfall.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.landfall.event.Headers;
import dev.landfall.spi.Disposition;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Senders with tokens of a tenant whose keys a server in this process hands out. */
@Timeout(60)
class BearerTokensTest {

  private static final String TENANT = "11111111-2222-3333-4444-555555555555";
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  private static RSAKey key;
  private static RSAKey other;

  private final AtomicInteger fetches = new AtomicInteger();
  private volatile int status = 200;
  private HttpServer authority;
  private WebhookEndpoint endpoint;

  @BeforeAll
  static void makeKeys() throws JOSEException {
    key = new RSAKeyGenerator(2048).keyID("key-1").generate();
    other = new RSAKeyGenerator(2048).keyID("key-1").generate();
  }

  @BeforeEach
  void start() throws Exception {
    authority = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    authority.createContext("/" + TENANT + "/discovery/v2.0/keys", exchange -> {
      fetches.incrementAndGet();
      byte[] body = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    authority.start();
    endpoint = WebhookEndpoint.named("/x")
        .clock(CLOCK)
        .bearer(BearerTokens.entra(TENANT, "api://landfall")
            .authority(URI.create("http://127.0.0.1:" + authority.getAddress().getPort()))
            .application(BearerTokens.EVENT_GRID)
            .role("AzureEventGridSecureWebhookSubscriber"))
        .build();
    endpoint.start(delivery -> {
      assertFalse(
          delivery.headers().names().toString().toLowerCase(Locale.ROOT).contains("authorization"));
      return CompletableFuture.completedFuture(Disposition.accepted());
    });
  }

  @AfterEach
  void stop() {
    endpoint.close();
    authority.stop(0);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("https://sts.windows.net/" + TENANT + "/")
        .audience("api://landfall")
        .claim("appid", BearerTokens.EVENT_GRID)
        .claim("roles", List.of("AzureEventGridSecureWebhookSubscriber"))
        .notBeforeTime(Date.from(NOON.minusSeconds(60)))
        .expirationTime(Date.from(NOON.plusSeconds(3600)));
  }

  private static String signed(RSAKey by, JWTClaimsSet claims) throws JOSEException {
    SignedJWT token = new SignedJWT(
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(by.getKeyID()).build(), claims);
    token.sign(new RSASSASigner(by));
    return token.serialize();
  }

  private WebhookAnswer post(String token) {
    return endpoint
        .answer(
            new WebhookRequest(
                "POST",
                "/x",
                null,
                Headers.of(Map.of("Authorization", "Bearer " + token)),
                2,
                null),
            new byte[] {'{', '}'})
        .toCompletableFuture()
        .join();
  }

  /** The first is told to try later, as nobody waits for keys. */
  private int decided(String token) {
    WebhookAnswer answer = post(token);
    while (answer.status() == 503) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      answer = post(token);
    }
    return answer.status();
  }

  private int decided(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
    return decided(signed(key, change.apply(claims()).build()));
  }

  @Test
  void aTokenOfEitherVersionLetsASenderIn() throws Exception {
    assertEquals(202, decided(claims -> claims));
    assertEquals(
        202,
        decided(claims -> claims
            .issuer("http://127.0.0.1:" + authority.getAddress().getPort() + "/" + TENANT + "/v2.0")
            .claim("appid", null)
            .claim("azp", BearerTokens.EVENT_GRID.toUpperCase(Locale.ROOT))));
    assertEquals(1, fetches.get());
  }

  @Test
  void whateverIsWrongWithATokenIsRefused() throws Exception {
    assertEquals(401, decided(claims -> claims.issuer("https://sts.windows.net/other/")));
    assertEquals(401, decided(claims -> claims.issuer(null)));
    assertEquals(401, decided(claims -> claims.audience("api://other")));
    assertEquals(401, decided(claims -> claims.claim("appid", "another")));
    assertEquals(401, decided(claims -> claims.claim("appid", null)));
    assertEquals(401, decided(claims -> claims.claim("roles", List.of("Other"))));
    assertEquals(401, decided(claims -> claims.claim("roles", null)));
    assertEquals(401, decided(claims -> claims.claim("roles", 7)));
    assertEquals(401, decided(claims -> claims.expirationTime(Date.from(NOON.minusSeconds(121)))));
    assertEquals(401, decided(claims -> claims.expirationTime(null)));
    assertEquals(401, decided(claims -> claims.notBeforeTime(Date.from(NOON.plusSeconds(121)))));
    assertEquals(202, decided(claims -> claims.expirationTime(Date.from(NOON.minusSeconds(119)))));
  }

  @Test
  void aTokenThatTheTenantDidNotSignIsRefused() throws Exception {
    assertEquals(401, decided(signed(other, claims().build())));
    assertEquals(401, decided(new PlainJWT(claims().build()).serialize()));
    SignedJWT shared = new SignedJWT(
        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("key-1").build(),
        claims().build());
    shared.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
    assertEquals(401, decided(shared.serialize()));
    assertEquals(401, decided("no.token.here"));
    // A header that is the JSON null.
    assertEquals(401, decided("bnVsbA.e30.e30"));
    assertEquals(401, decided(""));
    String good = signed(key, claims().build());
    assertEquals(401, decided(good.substring(0, good.length() - 8)));
    RSAKey unknown = new RSAKeyGenerator(2048).keyID("key-2").generate();
    assertEquals(401, decided(signed(unknown, claims().build())));
    assertEquals(1, fetches.get());
  }

  @Test
  void theCloudInChinaHasAnIssuerOfItsOwn() throws Exception {
    BearerTokens china = BearerTokens.entra(TENANT, "api://landfall")
        .authority(URI.create("https://login.partner.microsoftonline.cn"));
    for (String issuer : List.of(
        "https://sts.chinacloudapi.cn/" + TENANT + "/",
        "https://login.partner.microsoftonline.cn/" + TENANT + "/v2.0")) {
      SignedJWT token = SignedJWT.parse(signed(key, claims().issuer(issuer).build()));
      assertEquals(Optional.empty(), china.fault(token, key, CLOCK));
    }
    SignedJWT elsewhere = SignedJWT.parse(signed(key, claims().build()));
    assertEquals(Optional.of("its issuer is another"), china.fault(elsewhere, key, CLOCK));
  }

  @Test
  void aSenderIsToldToTryLaterWhileTheKeysCannotBeHad() throws Exception {
    status = 500;
    String token = signed(key, claims().build());
    for (int times = 0; times < 20; times++) {
      WebhookAnswer answer = post(token);
      assertEquals(503, answer.status());
      assertEquals("5", answer.headers().get("Retry-After"));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    assertEquals(1, fetches.get(), "The authority is not hammered.");
  }

  @Test
  void aStrangerDoesNotFillTheLog() throws Exception {
    assertEquals(202, decided(claims -> claims));
    AtomicInteger warnings = new AtomicInteger();
    Handler counter = new Handler() {
      @Override
      public void publish(LogRecord entry) {
        warnings.incrementAndGet();
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
    Logger logger = Logger.getLogger(BearerGate.class.getName());
    logger.addHandler(counter);
    try {
      String forged = signed(other, claims().build());
      for (int times = 0; times < 1000; times++) {
        assertEquals(401, post(forged).status());
      }
    } finally {
      logger.removeHandler(counter);
    }
    assertTrue(warnings.get() >= 1 && warnings.get() < 20, warnings + " warnings");
  }

  @Test
  void aStrangerHearsWhatIsExpected() {
    WebhookAnswer answer = endpoint
        .answer(new WebhookRequest("POST", "/x", null, Headers.none(), 1, null), new byte[1])
        .toCompletableFuture()
        .join();
    assertEquals(401, answer.status());
    assertEquals("Bearer", answer.headers().get("WWW-Authenticate"));
    assertTrue(answer.body().contains("A token of Microsoft Entra ID"), answer.body());
  }

  @Test
  void whatIsSetWrongIsRefusedAtOnce() {
    assertThrows(IllegalArgumentException.class, () -> BearerTokens.entra("contoso", "x"));
    assertThrows(IllegalArgumentException.class, () -> BearerTokens.entra(TENANT, " "));
    assertThrows(
        IllegalArgumentException.class,
        () -> BearerTokens.entra(TENANT, "x").authority(URI.create("http://login.example.com")));
    assertThrows(
        IllegalStateException.class,
        () -> WebhookEndpoint.named("x").withoutSecret().bearer(BearerTokens.entra(TENANT, "x")));
    assertThrows(
        IllegalStateException.class,
        () -> WebhookEndpoint.named("x")
            .bearer(BearerTokens.entra(TENANT, "x"))
            .bearer(BearerTokens.entra(TENANT, "y")));
  }
}
