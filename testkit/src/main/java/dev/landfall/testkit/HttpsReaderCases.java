package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.landfall.download.HostPolicy;
import dev.landfall.download.HttpAnswer;
import dev.landfall.download.HttpReader;
import dev.landfall.download.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** Hosts that are spoken to by https. */
abstract class HttpsReaderCases extends HttpFaultCases {

  /** Work on a host whose certificate is for {@code localhost}. */
  private interface Work {
    void on(ScriptedHost secure, HttpReader trusting) throws Exception;
  }

  private void overTls(Work work) throws Exception {
    SSLContext before = SSLContext.getDefault();
    SSLContext own = ownContext();
    try (ScriptedHost secure = ScriptedHost.https(own.getServerSocketFactory())) {
      SSLContext.setDefault(own);
      HostPolicy hosts =
          HostPolicy.nothing().trust(secure.at("/")).trust(secure.by("localhost", "/"));
      try (HttpReader trusting = open(hosts, Patience.usual())) {
        SSLContext.setDefault(before);
        work.on(secure, trusting);
      }
    } finally {
      SSLContext.setDefault(before);
    }
  }

  /** Its only key and only trusted certificate is one that was made for these tests. */
  private static SSLContext ownContext() throws Exception {
    char[] password = "changeit".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in =
        Objects.requireNonNull(HttpsReaderCases.class.getResourceAsStream("localhost.p12"))) {
      store.load(in, password);
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("localhost", store.getCertificate("localhost"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static byte[] read(HttpReader reader, URI uri) throws Exception {
    try (HttpAnswer answer = reader.get(uri, Map.of())) {
      return rest(answer);
    }
  }

  @Test
  void aBodyComesOverTlsOnOneConnectionAfterTheOther() throws Exception {
    overTls((secure, trusting) -> {
      byte[] body = random(1_000_000);
      secure.answers(exchange -> exchange.send(OK, body));
      assertArrayEquals(body, read(trusting, secure.by("localhost", "/f?sig=a%2Bb")));
      assertArrayEquals(body, read(trusting, secure.by("localhost", "/g")));
      assertEquals("GET /f?sig=a%2Bb HTTP/1.1", secure.exchanges().get(0).line());
      assertEquals(
          List.of(0, 0),
          secure.exchanges().stream().map(ScriptedHost.Exchange::connection).toList());
    });
  }

  @Test
  void aHostThatCannotProveItsNameHearsNoLink() throws Exception {
    overTls((secure, trusting) -> {
      assertThrows(IOException.class, () -> read(trusting, secure.at("/f")));
      assertEquals(List.of(), secure.exchanges());
    });
  }

  @Test
  void aHostWhoseCertificateNobodyTrustsHearsNoLink() throws Exception {
    overTls((secure, trusting) -> {
      HostPolicy hosts = HostPolicy.nothing().trust(secure.by("localhost", "/"));
      try (HttpReader strict = open(hosts, Patience.usual())) {
        assertThrows(IOException.class, () -> read(strict, secure.by("localhost", "/f")));
      }
      assertEquals(List.of(), secure.exchanges());
    });
  }

  @Test
  void anInterruptEndsTheWaitForABodyOverTls() throws Exception {
    overTls((secure, trusting) -> {
      secure.answers(
          exchange -> exchange.send(OK + "\r\nContent-Length: 100\r\n\r\n" + "x".repeat(50)));
      assertEndsByInterrupt(secure, () -> read(trusting, secure.by("localhost", "/f")));
      secure.exchanges().get(0).awaitGone();
    });
  }
}
