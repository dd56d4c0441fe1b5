package dev.landfall.emulator.rest;

import dev.landfall.emulator.blob.BlobService;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The data management package API. */
final class PackageActions {

  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private final Executions executions;
  private final BlobService service;
  private final URI environment;
  private final Clock clock;
  private final Duration linkLifetime;

  PackageActions(
      Executions executions,
      BlobService service,
      URI environment,
      Clock clock,
      Duration linkLifetime) {
    this.executions = executions;
    this.service = service;
    this.environment = environment;
    this.clock = clock;
    this.linkLifetime = linkLifetime;
  }

  Reply exportToPackage(ApiRequest request, boolean waits) {
    return act("ExportToPackage" + (waits ? "" : "Async"), request, body -> {
      Executions.Started started = executions.export(
          required(body, "executionId"),
          required(body, "definitionGroupId"),
          body.getOrDefault("legalEntityId", ""),
          waits);
      return value(started.id(), started.nested()).after(started.takes());
    });
  }

  Reply status(ApiRequest request) {
    return act("GetExecutionSummaryStatus", request, body -> {
      String id = required(body, "executionId");
      String status = executions.find(id).look().orElseThrow(() -> ActionFailure.notFound(id));
      return value(status, false);
    });
  }

  Reply packageUrl(ApiRequest request) {
    return act("GetExportedPackageUrl", request, body -> {
      Execution execution = executions.find(required(body, "executionId"));
      return value(execution.packageBlob().map(this::link).orElse(""), execution.nested());
    });
  }

  Reply errors(ApiRequest request) {
    return act(
        "GetExecutionErrors",
        request,
        body -> value(executions.find(required(body, "executionId")).errors(), false));
  }

  private String link(String blobName) {
    Instant now = clock.instant();
    Instant expiry = now.plus(linkLifetime);
    Instant start = (expiry.isBefore(now) ? expiry : now).minus(BACKDATED);
    return environment + service.link(blobName, start, expiry);
  }

  private interface Action {

    Reply on(Map<String, String> body);
  }

  private Reply act(String name, ApiRequest request, Action action) {
    Optional<Map<String, String>> body = request.json();
    if (!request.isOfType("application/json") || body.isEmpty()) {
      return error(
          "The request message has errors: its body is not JSON.",
          "Microsoft.OData.ODataException");
    }
    try {
      return action.on(body.get());
    } catch (ActionFailure failure) {
      return error(
          "Exception occurred while executing action %s on Entity DataManagementDefinitionGroup: %s"
              .formatted(name, failure.text()),
          "System.InvalidOperationException");
    }
  }

  private static String required(Map<String, String> body, String name) {
    String value = body.get(name);
    if (value == null) {
      throw new ActionFailure("The model state is invalid: %s is missing.".formatted(name));
    }
    return value;
  }

  private Reply value(String value, boolean nested) {
    var members = new LinkedHashMap<String, Object>();
    members.put("@odata.context", environment + "/data/$metadata#Edm.String");
    members.put("value", nested ? Map.of("value", value) : value);
    return Reply.odata(200, members);
  }

  static Reply error(String message, String type) {
    var inner = new LinkedHashMap<String, Object>();
    inner.put("message", message);
    inner.put("type", type);
    inner.put("stacktrace", "");
    var error = new LinkedHashMap<String, Object>();
    error.put("code", "");
    error.put("message", "An error has occurred.");
    error.put("innererror", inner);
    return Reply.odata(400, Map.of("error", error));
  }
}
