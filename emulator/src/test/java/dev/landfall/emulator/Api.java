package dev.landfall.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Calls the REST APIs as a client would that knows nothing of the emulator. */
final class Api {

  static final String ACTIONS =
      "/data/DataManagementDefinitionGroups/Microsoft.Dynamics.DataEntities.";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final FinopsEmulator finops;
  private String token = "";

  Api(FinopsEmulator finops) {
    this.finops = finops;
  }

  Api with(String value) {
    token = value;
    return this;
  }

  HttpResponse<String> get(String path) throws Exception {
    return get(finops.environment().resolve(path));
  }

  HttpResponse<String> get(URI uri) throws Exception {
    return client.send(request(uri).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(post(path, "application/json", body), BodyHandlers.ofString());
  }

  HttpRequest post(String path, String type, String body) {
    return request(finops.environment().resolve(path))
        .header("Content-Type", type)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  HttpClient client() {
    return client;
  }

  HttpResponse<String> dequeue(RecurringExport job) throws Exception {
    return get("/api/connector/dequeue/" + job.activityId());
  }

  HttpResponse<String> acknowledge(RecurringExport job, String message) throws Exception {
    return post("/api/connector/ack/" + job.activityId(), message);
  }

  /** {@return what an action is answered with} */
  HttpResponse<String> act(String action, Map<String, ?> body) throws Exception {
    return post(ACTIONS + action, JSON.writeValueAsString(body));
  }

  HttpResponse<String> export(String project, String executionId) throws Exception {
    return act("ExportToPackageAsync", exporting(project, executionId));
  }

  static Map<String, ?> exporting(String project, String executionId) {
    return Map.of(
        "definitionGroupId",
        project,
        "packageName",
        "package",
        "executionId",
        executionId,
        "reExecute",
        false,
        "legalEntityId",
        "");
  }

  String status(String executionId) throws Exception {
    return value(act("GetExecutionSummaryStatus", Map.of("executionId", executionId)));
  }

  String packageUrl(String executionId) throws Exception {
    return value(act("GetExportedPackageUrl", Map.of("executionId", executionId)));
  }

  static String value(HttpResponse<String> response) throws Exception {
    JsonNode body = json(response);
    return body.has("value")
        ? body.get("value").asText()
        : body.path("error").path("innererror").path("message").asText();
  }

  static JsonNode json(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body());
  }

  /** The address that a client makes of a location: another scheme, host and port. */
  URI reachable(String location) {
    URI uri = URI.create(location);
    return URI.create(finops.environment() + uri.getRawPath() + "?" + uri.getRawQuery());
  }
}
