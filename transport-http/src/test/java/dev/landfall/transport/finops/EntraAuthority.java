package dev.landfall.transport.finops;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority over TLS that gives tokens as a test says. */
final class EntraAuthority implements AutoCloseable {

  static final String PASSWORD = "changeit";

  /** A path, and the members of the form that was posted to it. */
  record Call(String line, Map<String, String> form) {}

  record Answer(int status, Map<String, String> headers, String body) {

    /** Ends the connection without a word. */
    static final Answer BROKEN = new Answer(0, Map.of(), "");

    static Answer token(String value, long seconds) {
      return new Answer(
          200,
          Map.of("Content-Type", "application/json; charset=utf-8"),
          "{\"token_type\":\"Bearer\",\"expires_in\":%d,\"ext_expires_in\":%d,\"access_token\":\"%s\"}"
              .formatted(seconds, seconds, value));
    }

    static Answer refusal(int status, String code, String more) {
      return new Answer(
          status,
          Map.of("Content-Type", "application/json; charset=utf-8"),
          "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS%s: %s Trace ID: 1 Correlation ID: 2\",\"error_codes\":[%s],\"timestamp\":\"2030-01-01 12:00:00Z\"}"
              .formatted(code, more, code));
    }
  }

  interface Script {
    Answer answer(Call call) throws InterruptedException;
  }

  private final HttpsServer server;
  private final KeyStore store;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private volatile Script script = call -> Answer.token("token-" + calls.size(), 3600);

  EntraAuthority(Path keyStore) throws IOException, GeneralSecurityException {
    store = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
    server = HttpsServer.create(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 100);
    server.setHttpsConfigurator(new HttpsConfigurator(serving()));
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  /** For another server with the same certificate. */
  SSLContext serving() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  SSLContext trust() throws GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try {
      trusted.load(null, null);
    } catch (IOException impossible) {
      throw new GeneralSecurityException(impossible);
    }
    trusted.setCertificateEntry("one", store.getCertificate("one"));
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  Queue<Call> calls() {
    return calls;
  }

  void answers(Script other) {
    script = other;
  }

  void answers(Answer answer) {
    script = call -> answer;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call = new Call(
          exchange.getRequestMethod() + " " + exchange.getRequestURI(),
          form(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      calls.add(call);
      Answer answer = script.answer(call);
      if (!answer.equals(Answer.BROKEN)) {
        answer.headers.forEach(exchange.getResponseHeaders()::add);
        byte[] body = answer.body.getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : body.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      form.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return form;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Makes a key store with a key of its own, by the JDK's keytool. */
  static Path keyStore(Path file, String algorithm, int bits)
      throws IOException, InterruptedException {
    Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keystore",
            file.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-alias",
            "one",
            "-keyalg",
            algorithm,
            "-keysize",
            String.valueOf(bits),
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1")
        .redirectErrorStream(true)
        .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException(said);
    }
    return file;
  }
}
