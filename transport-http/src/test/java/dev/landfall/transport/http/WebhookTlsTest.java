package dev.landfall.transport.http;

import static dev.landfall.transport.http.Certificates.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.Disposition;
import dev.landfall.spi.SourceException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A webhook that speaks TLS itself. */
@Timeout(60)
class WebhookTlsTest {

  @TempDir
  static Path folder;

  private static Path own;
  private static Path sender;
  private static Path stranger;

  private Webhook webhook = Webhook.on(0).sharedSecret(Sender.SECRET).build();

  @BeforeAll
  static void makeCertificates() throws Exception {
    own = Certificates.make(folder.resolve("own.p12"), "webhook");
    sender = Certificates.make(folder.resolve("sender.p12"), "sender");
    stranger = Certificates.make(folder.resolve("stranger.p12"), "stranger");
  }

  @AfterEach
  void close() {
    webhook.close();
  }

  private void start(WebhookBuilder builder) {
    webhook = builder.build();
    webhook.start(delivery -> CompletableFuture.completedFuture(Disposition.accepted()));
  }

  private HttpResponse<String> post(SSLContext context) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(
            Sender.post(webhook, "{}").POST(BodyPublishers.ofString("{}")).build(),
            BodyHandlers.ofString());
  }

  private SSLSocket connected(SSLContext context) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", webhook.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  @Test
  void eventsAreTakenOverTls() throws Exception {
    start(Webhook.on(0).sharedSecret(Sender.SECRET).tls(own, PASSWORD));
    assertEquals("https", webhook.uri().getScheme());
    assertEquals(202, post(Certificates.client(own)).statusCode());
    assertThrows(IOException.class, () -> post(Certificates.client(sender)));
  }

  @Test
  void aSenderWithACertificateNeedsNoSecretAndOthersGetNoConnection() throws Exception {
    start(Webhook.on(0).tls(own, PASSWORD).clientCertificates(sender, PASSWORD));
    assertEquals(202, post(Certificates.client(own, sender)).statusCode());
    assertThrows(IOException.class, () -> post(Certificates.client(own)));
    assertThrows(IOException.class, () -> post(Certificates.client(own, stranger)));
  }

  @Test
  void aSecretIsStillAskedForBesideACertificateIfThereIsOne() throws Exception {
    start(Webhook.on(0)
        .sharedSecret("another-secret-of-the-test")
        .tls(own, PASSWORD)
        .clientCertificates(sender, PASSWORD));
    assertEquals(401, post(Certificates.client(own, sender)).statusCode());
  }

  @Test
  void aNewCertificateIsShownWithoutARestartAndABrokenFileChangesNothing() throws Exception {
    Path changing = Certificates.make(folder.resolve("changing.p12"), "first");
    start(Webhook.on(0).sharedSecret(Sender.SECRET).tls(changing, PASSWORD));
    assertEquals("CN=first", shown(changing));
    Path first = Files.copy(changing, folder.resolve("first.p12"));
    Files.writeString(changing, "half of a file");
    // Two looks and more, in which the first is shown still.
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (System.nanoTime() < end) {
      assertEquals("CN=first", shown(first));
    }
    Certificates.make(changing, "second");
    String now = "CN=first";
    while (now.equals("CN=first")) {
      now = shownTo(Certificates.client(first), Certificates.client(changing));
    }
    assertEquals("CN=second", now);
  }

  @Test
  void aStoreThatCanBeReadButNotServeChangesNothing() throws Exception {
    Path changing = Certificates.make(folder.resolve("serving.p12"), "first");
    Path first = Files.copy(changing, folder.resolve("serving-first.p12"));
    BlockingQueue<String> logged = new LinkedBlockingQueue<>();
    Handler recorder = new Handler() {
      @Override
      public void publish(LogRecord entry) {
        logged.add(entry.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
    Logger logger = Logger.getLogger(Tls.class.getName());
    logger.addHandler(recorder);
    try {
      start(Webhook.on(0).sharedSecret(Sender.SECRET).tls(changing, PASSWORD));
      for (KeyStore useless : List.of(withoutKey(first), withAnotherKeyPassword(first))) {
        try (OutputStream out = Files.newOutputStream(changing)) {
          useless.store(out, PASSWORD.toCharArray());
        }
        String told = logged.take();
        assertEquals("CN=first", shown(first), told);
        assertTrue(told.startsWith("The certificates stay as they are"), told);
      }
    } finally {
      logger.removeHandler(recorder);
    }
  }

  @Test
  void aStoreThatCannotServeIsToldAtTheStart() throws Exception {
    for (KeyStore useless : List.of(withoutKey(own), withAnotherKeyPassword(own))) {
      Path file = folder.resolve("useless.p12");
      try (OutputStream out = Files.newOutputStream(file)) {
        useless.store(out, PASSWORD.toCharArray());
      }
      SourceException told = assertThrows(
          SourceException.class,
          () -> start(Webhook.on(0).sharedSecret(Sender.SECRET).tls(file, PASSWORD)));
      assertTrue(told.getMessage().contains("has none that can be used"), told.getMessage());
    }
  }

  private static KeyStore withoutKey(Path store) throws Exception {
    KeyStore made = KeyStore.getInstance("PKCS12");
    made.load(null, null);
    made.setCertificateEntry(
        "one", KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()).getCertificate("one"));
    return made;
  }

  private static KeyStore withAnotherKeyPassword(Path store) throws Exception {
    KeyStore read = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    KeyStore made = KeyStore.getInstance("JKS");
    made.load(null, null);
    made.setKeyEntry(
        "one",
        read.getKey("one", PASSWORD.toCharArray()),
        "another-password".toCharArray(),
        read.getCertificateChain("one"));
    return made;
  }

  private String shown(Path trusted) throws Exception {
    return shownTo(Certificates.client(trusted));
  }

  /** What the first of some clients sees that trusts it. */
  private String shownTo(SSLContext... clients) throws Exception {
    for (SSLContext client : clients) {
      try (SSLSocket socket = connected(client)) {
        socket.startHandshake();
        X509Certificate certificate =
            (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
      } catch (IOException untrusted) {
        // Perhaps the next one.
      }
    }
    throw new AssertionError("No client trusts it.");
  }

  @Test
  void aBodyThatTricklesIsGivenUpOverTlsToo() throws Exception {
    start(Webhook.on(0)
        .sharedSecret(Sender.SECRET)
        .tls(own, PASSWORD)
        .requestDeadline(Duration.ofMillis(500)));
    try (SSLSocket socket = connected(Certificates.client(own))) {
      socket
          .getOutputStream()
          .write(
              (RawSender.head("Content-Length: 100") + "\r\n{").getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
      assertEquals("HTTP/1.1 408", answer);
    }
  }

  @Test
  void whoDoesNotEndTheHandshakeIsCutOff() throws Exception {
    start(Webhook.on(0)
        .sharedSecret(Sender.SECRET)
        .tls(own, PASSWORD)
        .requestDeadline(Duration.ofMillis(300)));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), webhook.port())) {
      socket.setSoTimeout(20_000);
      // The head of a record of 512 bytes.
      socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void aStoreThatCannotBeReadIsToldAtTheStartAndItsPasswordIsNot() throws Exception {
    for (WebhookBuilder wrong : new WebhookBuilder[] {
      Webhook.on(0).sharedSecret(Sender.SECRET).tls(own, "not-the-password"),
      Webhook.on(0).sharedSecret(Sender.SECRET).tls(folder.resolve("none"), "not-the-password"),
      Webhook.on(0)
          .tls(own, PASSWORD)
          .clientCertificates(Files.writeString(folder.resolve("text"), "x"), "not-the-password")
    }) {
      webhook = wrong.build();
      String message = String.valueOf(assertThrows(
              SourceException.class,
              () -> webhook.start(
                  delivery -> CompletableFuture.completedFuture(Disposition.accepted())))
          .getMessage());
      assertTrue(message.startsWith("A key store is a file in PKCS #12 or JKS"), message);
      assertFalse(message.contains("not-the-password"), message);
    }
    assertThrows(
        IllegalStateException.class,
        () -> Webhook.on(0).clientCertificates(sender, PASSWORD).build());
  }
}
