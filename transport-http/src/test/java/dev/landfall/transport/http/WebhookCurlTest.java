package dev.landfall.transport.http;

import static dev.landfall.transport.http.Certificates.PASSWORD;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.landfall.spi.Disposition;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sender that is not Java, with the TLS of OpenSSL: curl, as operators try a webhook with. */
@Timeout(60)
class WebhookCurlTest {

  /** From about 1 MiB on curl asks before it sends a body. */
  private static final int LARGE = 3 << 20;

  private static final int CANNOT_VERIFY = 60;

  @TempDir
  static Path folder;

  private static Path own;
  private static Path sender;

  private final BlockingQueue<Integer> lengths = new LinkedBlockingQueue<>();
  private Webhook webhook = Webhook.on(0).sharedSecret(Sender.SECRET).build();

  @BeforeAll
  static void requireCurl() throws Exception {
    assumeTrue(isThere("curl"), "There is no curl here.");
    own = Certificates.make(folder.resolve("own.p12"), "webhook");
    sender = Certificates.make(folder.resolve("sender.p12"), "sender");
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(program, "--version")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return process.waitFor() == 0;
    } catch (IOException none) {
      return false;
    }
  }

  @AfterEach
  void close() {
    webhook.close();
  }

  private void start(WebhookBuilder builder) {
    webhook = builder.path("/events").bodyLimit(LARGE).build();
    webhook.start(delivery -> {
      lengths.add(delivery.body().length());
      return CompletableFuture.completedFuture(Disposition.accepted());
    });
  }

  /** What curl said and ended with. */
  private record Said(int exit, String output, String trace) {

    int status() {
      return Integer.parseInt(output.substring(output.lastIndexOf('\n') + 1));
    }
  }

  private Said curl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(
        List.of("curl", "-q", "--silent", "--verbose", "--max-time", "30", "--noproxy", "*"));
    command.addAll(List.of("--http1.1", "--write-out", "\n%{http_code}"));
    command.addAll(List.of(arguments));
    Path trace = Files.createTempFile(folder, "trace", "");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(trace.toFile());
    builder.environment().keySet().removeIf(name -> name.contains("SSL") || name.contains("CURL"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(40, TimeUnit.SECONDS), "curl did not end.");
    return new Said(process.exitValue(), output, Files.readString(trace));
  }

  private String uri() {
    return webhook.uri().toString().replace("127.0.0.1", "localhost");
  }

  private static Path body(int length) throws IOException {
    return Files.write(Files.createTempFile(folder, "body", ""), new byte[length]);
  }

  private static Path pem(Path store) throws Exception {
    byte[] certificate = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray())
        .getCertificate("one")
        .getEncoded();
    String text = "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
    return Files.writeString(Files.createTempFile(folder, "certificate", ".pem"), text, US_ASCII);
  }

  @Test
  void anEventIsTakenWithTheSecretInHeaderOrQuery() throws Exception {
    start(Webhook.on(0).sharedSecret(Sender.SECRET));
    assertEquals(
        202,
        curl("--data", "{}", "-H", "X-Landfall-Secret: " + Sender.SECRET, uri()).status());
    // As F&O has it: the whole of it is its URL.
    String coded = uri() + "?code=" + URLEncoder.encode(Sender.SECRET, UTF_8);
    assertEquals(202, curl("--data", "{}", coded).status());
  }

  @Test
  void aLargeBodyIsAskedForAndTaken() throws Exception {
    start(Webhook.on(0).sharedSecret(Sender.SECRET));
    String file = "@" + body(LARGE);
    Said said = curl(
        "--data-binary",
        file,
        "-H",
        "X-Landfall-Secret: " + Sender.SECRET,
        "-H",
        "Expect: 100-continue",
        uri());
    assertEquals(202, said.status(), said.trace());
    assertTrue(said.trace().contains("< HTTP/1.1 100 Continue"), said.trace());
    assertEquals(LARGE, lengths.take());
  }

  @Test
  void aBodyOverTheLimitIsRefusedBeforeItIsSent() throws Exception {
    start(Webhook.on(0).sharedSecret(Sender.SECRET));
    Said said = curl(
        "--data-binary",
        "@" + body(LARGE + 1),
        "-H",
        "X-Landfall-Secret: " + Sender.SECRET,
        "-H",
        "Expect: 100-continue",
        uri());
    assertEquals(413, said.status(), said.trace());
    assertFalse(said.trace().contains("100 Continue"), said.trace());
    assertEquals(0, lengths.size());
  }

  @Test
  void aBodyInChunksIsTaken() throws Exception {
    start(Webhook.on(0).sharedSecret(Sender.SECRET));
    Said said = curl(
        "--data-binary",
        "@" + body(100_000),
        "-H",
        "X-Landfall-Secret: " + Sender.SECRET,
        "-H",
        "Transfer-Encoding: chunked",
        uri());
    assertEquals(202, said.status(), said.trace());
    assertEquals(100_000, lengths.take());
  }

  @Test
  void aWrongSecretIsRefusedAndNotRepeated() throws Exception {
    start(Webhook.on(0).sharedSecret(Sender.SECRET));
    Said said = curl("--data", "{}", "-H", "X-Landfall-Secret: a-guess-of-the-test", uri());
    assertEquals(401, said.status());
    assertTrue(said.output().contains("\"status\":401"), said.output());
    assertFalse(said.output().contains("a-guess"), said.output());
    assertTrue(said.trace().contains("< Content-Type: application/problem+json"), said.trace());
  }

  @Test
  void userAndPasswordLetASenderIn() throws Exception {
    start(Webhook.on(0).basic("sender", "a-password-of-the-test"));
    assertEquals(
        202,
        curl("--data", "{}", "--user", "sender:a-password-of-the-test", uri()).status());
    assertEquals(401, curl("--data", "{}", "--user", "sender:another", uri()).status());
    // It asks without a password first, and is told which way there is.
    assertEquals(
        202,
        curl("--data", "{}", "--anyauth", "--user", "sender:a-password-of-the-test", uri())
            .status());
  }

  @Test
  void eventsAreTakenOverTlsByWhoTrustsTheCertificate() throws Exception {
    start(Webhook.on(0).sharedSecret(Sender.SECRET).tls(own, PASSWORD));
    String secret = "X-Landfall-Secret: " + Sender.SECRET;
    for (String version : List.of("--tlsv1.3", "--tls-max=1.2")) {
      String[] words = version.split("=", 2);
      List<String> arguments = new ArrayList<>(List.of(words));
      arguments.addAll(
          List.of("--cacert", pem(own).toString(), "--data", "{}", "-H", secret, uri()));
      Said said = curl(arguments.toArray(String[]::new));
      assertEquals(202, said.status(), said.trace());
    }
    assertEquals(CANNOT_VERIFY, curl("--data", "{}", "-H", secret, uri()).exit());
  }

  @Test
  void aCertificateLetsASenderInAndNobodyElse() throws Exception {
    start(Webhook.on(0).tls(own, PASSWORD).clientCertificates(sender, PASSWORD));
    String trusted = pem(own).toString();
    Said said = curl(
        "--cacert",
        trusted,
        "--cert-type",
        "P12",
        "--cert",
        sender + ":" + PASSWORD,
        "--data",
        "{}",
        uri());
    assertEquals(202, said.status(), said.trace());
    Said stranger = curl("--cacert", trusted, "--data", "{}", uri());
    assertTrue(stranger.exit() != 0, stranger.trace());
    assertEquals(1, lengths.size());
  }
}
