package dev.landfall.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.landfall.emulator.data.Entities;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TokenTest {

  private static final String TENANT = "contoso.onmicrosoft.com";
  private static final String PATH = "/" + TENANT + "/oauth2/v2.0/token";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final TestClock clock = new TestClock();
  private final FinopsEmulator finops = FinopsEmulator.builder()
      .clock(clock)
      .tokenLifetime(Duration.ofMinutes(10))
      .start();
  private final RecurringExport job =
      finops.recurring(DataProject.named("Nightly").entity(Entities.customerGroups(), 1));
  private final Api api = new Api(finops);

  @TempDir
  Path folder;

  @AfterEach
  void close() {
    finops.close();
  }

  @Test
  void everyCallIsLetInUntilAnApplicationIsRegistered() throws Exception {
    assertEquals(204, api.dequeue(job).statusCode());
    assertEquals(204, api.with("whatever").dequeue(job).statusCode());
    register();
    HttpResponse<String> refused = api.dequeue(job);
    assertEquals(401, refused.statusCode());
    assertEquals("Bearer", Http.header(refused, "WWW-Authenticate"));
    assertTrue(refused.body().startsWith("The request is not authorized"), refused.body());
    assertEquals(401, api.with("").dequeue(job).statusCode());
  }

  @Test
  void allCallsNeedAToken() throws Exception {
    finops.project(DataProject.named("Daily").entity(Entities.customerGroups(), 1));
    job.run();
    JsonNode message = Api.json(api.dequeue(job));
    URI file = api.reachable(message.get("DownloadLocation").textValue());
    register();
    assertEquals(401, api.get(file).statusCode());
    assertEquals(401, api.acknowledge(job, message.toString()).statusCode());
    assertEquals(401, api.export("Daily", "1").statusCode());
    assertEquals(401, api.act("GetExecutionSummaryStatus", Map.of()).statusCode());
    assertEquals(401, api.act("GetExportedPackageUrl", Map.of()).statusCode());
    assertEquals(401, api.act("GetExecutionErrors", Map.of()).statusCode());
    assertEquals(401, api.get("/data/DataManagementExecutionJobDetails").statusCode());
    assertEquals(401, api.get("/data/Customers").statusCode());
    assertEquals(0, finops.exportsStarted());
    assertEquals(0, job.downloads());

    api.with(token());
    assertEquals(200, api.get(file).statusCode());
    assertEquals(200, api.export("Daily", "1").statusCode());
    assertEquals(404, api.get("/data/Customers").statusCode());
    assertEquals(200, api.acknowledge(job, message.toString()).statusCode());
  }

  @Test
  void aTokenLivesAsLongAsTheEmulatorSays() throws Exception {
    register();
    JsonNode answer = Api.json(ask(Map.of()));
    assertEquals("Bearer", answer.get("token_type").textValue());
    assertEquals(600, answer.get("expires_in").intValue());
    api.with(answer.get("access_token").textValue());
    clock.turn(Duration.ofMinutes(10).minusMillis(1));
    assertEquals(204, api.dequeue(job).statusCode());
    clock.turn(Duration.ofMillis(1));
    assertEquals(401, api.dequeue(job).statusCode());
    assertEquals(204, api.with(token()).dequeue(job).statusCode());
    assertEquals(2, finops.tokensIssued());
  }

  @Test
  void tokensAreRevokedTogether() throws Exception {
    register();
    String first = token();
    String second = token();
    finops.revokeTokens();
    assertEquals(401, api.with(first).dequeue(job).statusCode());
    assertEquals(401, api.with(second).dequeue(job).statusCode());
    assertEquals(204, api.with(token()).dequeue(job).statusCode());
    assertEquals(3, finops.tokensIssued());
  }

  @Test
  void whatIsWrongIsRefusedInTheWordsOfEntra() throws Exception {
    register();
    String doubled = finops.environment() + "//.default";
    refused(400, "invalid_scope", 70011, Map.of("scope", doubled));
    refused(400, "invalid_scope", 70011, Map.of("scope", "https://other.example.com/.default"));
    refused(401, "invalid_client", 7000215, Map.of("client_secret", "wrong"));
    refused(401, "invalid_client", 7000215, Map.of("client_secret", ""));
    refused(400, "unauthorized_client", 700016, Map.of("client_id", "stranger"));
    refused(400, "unsupported_grant_type", 70003, Map.of("grant_type", "password"));
    refused(400, "invalid_request", 900144, Map.of("scope", ""));
    assertEquals(0, finops.tokensIssued());
    HttpResponse<String> elsewhere = send("/fabrikam/oauth2/v2.0/token", FORM, form(Map.of()));
    assertEquals(90002, Api.json(elsewhere).get("error_codes").get(0).intValue());
    assertEquals(400, send(PATH, "application/json", "{}").statusCode());
    assertEquals(405, api.get(PATH).statusCode());
  }

  @Test
  void aScopeMayHaveWhatClientLibrariesAdd() throws Exception {
    register();
    String scope = "openid profile offline_access " + finops.environment() + "/.default";
    assertEquals(200, ask(Map.of("scope", scope)).statusCode());
  }

  @Test
  void theTokenEndpointSpeaksTlsOnAPortOfItsOwn() throws Exception {
    assertEquals(finops.environment(), finops.authority());
    Path store = Certificates.make(folder.resolve("server.p12"));
    SSLContext tls = Certificates.server(store);
    try (FinopsEmulator secure = FinopsEmulator.builder().tokensOverTls(tls).start()) {
      secure.application(TENANT, "app", "s3cret");
      URI authority = secure.authority();
      assertEquals("https", authority.getScheme());
      HttpClient client = HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .sslContext(Certificates.client(store))
          .build();
      var openId = client.send(
          HttpRequest.newBuilder(
                  authority.resolve("/" + TENANT + "/v2.0/.well-known/openid-configuration"))
              .build(),
          BodyHandlers.ofString());
      assertEquals(authority + PATH, Api.json(openId).get("token_endpoint").textValue());
      String body = form(Map.of("scope", secure.environment() + "/.default"));
      var answer = client.send(
          HttpRequest.newBuilder(authority.resolve(PATH))
              .header("Content-Type", FORM)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      String token = Api.json(answer).get("access_token").textValue();
      RecurringExport one =
          secure.recurring(DataProject.named("Nightly").entity(Entities.customerGroups(), 1));
      assertEquals(204, new Api(secure).with(token).dequeue(one).statusCode());
      var other = client.send(
          HttpRequest.newBuilder(authority.resolve("/api/connector/dequeue/" + one.activityId()))
              .build(),
          BodyHandlers.discarding());
      assertEquals(404, other.statusCode());
    }
  }

  @Test
  void aBodyThatComesLateHoldsUpNobodyElse() throws Exception {
    Path store = Certificates.make(folder.resolve("server.p12"));
    try (FinopsEmulator secure =
            FinopsEmulator.builder().tokensOverTls(Certificates.server(store)).start();
        Socket late = connect(secure, store);
        Socket other = connect(secure, store)) {
      secure.application(TENANT, "app", "s3cret");
      String body = form(Map.of("scope", secure.environment() + "/.default"));
      String head =
          "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(PATH, FORM, body.length());
      write(late, head);
      write(other, head);
      write(other, body);
      assertEquals("HTTP/1.1 200 OK", line(other));
      write(late, body);
      assertEquals("HTTP/1.1 200 OK", line(late));
    }
  }

  private static Socket connect(FinopsEmulator secure, Path store) throws Exception {
    URI authority = secure.authority();
    Socket socket = Certificates.client(store)
        .getSocketFactory()
        .createSocket(authority.getHost(), authority.getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String line(Socket socket) throws IOException {
    var line = new StringBuilder();
    for (int next = socket.getInputStream().read();
        next >= 0 && next != '\r';
        next = socket.getInputStream().read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  private void register() {
    finops.application(TENANT, "app", "s3cret");
  }

  private String token() throws Exception {
    return Api.json(ask(Map.of())).get("access_token").textValue();
  }

  private HttpResponse<String> ask(Map<String, String> changes) throws Exception {
    return send(PATH, FORM, form(changes));
  }

  private HttpResponse<String> send(String path, String type, String body) throws Exception {
    return new Api(finops)
        .client()
        .send(new Api(finops).post(path, type, body), BodyHandlers.ofString());
  }

  private void refused(int status, String error, int code, Map<String, String> changes)
      throws Exception {
    HttpResponse<String> response = ask(changes);
    assertEquals(status, response.statusCode(), response.body());
    JsonNode body = Api.json(response);
    assertEquals(error, body.get("error").textValue());
    assertEquals(code, body.get("error_codes").get(0).intValue());
    String description = body.get("error_description").textValue();
    assertTrue(description.startsWith("AADSTS" + code + ": "), description);
    assertEquals("2030-01-01 00:10:00Z", body.get("timestamp").textValue());
  }

  private String form(Map<String, String> changes) {
    Map<String, String> all = new TreeMap<>(Map.of(
        "grant_type", "client_credentials",
        "client_id", "app",
        "client_secret", "s3cret",
        "scope", finops.environment() + "/.default"));
    all.putAll(changes);
    return all.entrySet().stream()
        .map(pair ->
            pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
